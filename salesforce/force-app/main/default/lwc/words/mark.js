import done from '@salesforce/label/c.LeadRank_Mark_Done';
import snoozed from '@salesforce/label/c.LeadRank_Mark_Snoozed';
import dismissed from '@salesforce/label/c.LeadRank_Mark_Dismissed';
import disputed from '@salesforce/label/c.LeadRank_Mark_Disputed';
import accepted from '@salesforce/label/c.LeadRank_Mark_Accepted';

export const mark = {
  done,
  snoozed,
  dismissed,
  disputed,
  accepted,
};
