import snoozed from '@salesforce/label/c.LeadRank_LeftOut_Snoozed';
import closed from '@salesforce/label/c.LeadRank_LeftOut_Closed';
import dismissed from '@salesforce/label/c.LeadRank_LeftOut_Dismissed';
import touched from '@salesforce/label/c.LeadRank_LeftOut_Touched';
import converted from '@salesforce/label/c.LeadRank_LeftOut_Converted';
import other from '@salesforce/label/c.LeadRank_LeftOut_Other';

export const leftOut = {
  snoozed,
  closed,
  dismissed,
  touched,
  converted,
  other,
};
