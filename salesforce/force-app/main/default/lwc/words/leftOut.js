import snoozed from '@salesforce/label/c.LeadRank_LeftOut_Snoozed';
import closed from '@salesforce/label/c.LeadRank_LeftOut_Closed';
import dismissed from '@salesforce/label/c.LeadRank_LeftOut_Dismissed';
import worked from '@salesforce/label/c.LeadRank_LeftOut_Worked';
import other from '@salesforce/label/c.LeadRank_LeftOut_Other';

export const leftOut = {
  snoozed,
  closed,
  dismissed,
  worked,
  other,
};
