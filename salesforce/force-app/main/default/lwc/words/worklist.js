import title from '@salesforce/label/c.LeadRank_Worklist_Title';
import count from '@salesforce/label/c.LeadRank_Worklist_Count';
import newOrder from '@salesforce/label/c.LeadRank_Worklist_NewOrder';
import showNewOrder from '@salesforce/label/c.LeadRank_Worklist_ShowNewOrder';
import refresh from '@salesforce/label/c.LeadRank_Worklist_Refresh';
import refreshFailed from '@salesforce/label/c.LeadRank_Worklist_RefreshFailed';
import emptyTitle from '@salesforce/label/c.LeadRank_Worklist_EmptyTitle';
import emptyHint from '@salesforce/label/c.LeadRank_Worklist_EmptyHint';
import more from '@salesforce/label/c.LeadRank_Worklist_More';
import leftOut from '@salesforce/label/c.LeadRank_Worklist_LeftOut';

export const worklist = {
  title,
  count,
  newOrder,
  showNewOrder,
  refresh,
  refreshFailed,
  emptyTitle,
  emptyHint,
  more,
  leftOut,
};
