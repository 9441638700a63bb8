import snoozed from '@salesforce/label/c.LeadRank_LeftOut_Snoozed';
import closed from '@salesforce/label/c.LeadRank_LeftOut_Closed';
import dismissed from '@salesforce/label/c.LeadRank_LeftOut_Dismissed';
import touched from '@salesforce/label/c.LeadRank_LeftOut_Touched';
import converted from '@salesforce/label/c.LeadRank_LeftOut_Converted';
import other from '@salesforce/label/c.LeadRank_LeftOut_Other';
import deleted from '@salesforce/label/c.LeadRank_LeftOut_Deleted';
import objected from '@salesforce/label/c.LeadRank_LeftOut_Objected';
import fatigued from '@salesforce/label/c.LeadRank_LeftOut_Fatigued';
import absent from '@salesforce/label/c.LeadRank_LeftOut_Absent';
import account from '@salesforce/label/c.LeadRank_LeftOut_Account';
import flag from '@salesforce/label/c.LeadRank_LeftOut_Flag';
import orMore from '@salesforce/label/c.LeadRank_LeftOut_OrMore';

export const leftOut = {
  snoozed,
  closed,
  dismissed,
  touched,
  converted,
  other,
  deleted,
  objected,
  fatigued,
  absent,
  account,
  flag,
  orMore,
};
