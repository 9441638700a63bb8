import tooHigh from '@salesforce/label/c.LeadRank_Dispute_TooHigh';
import tooLow from '@salesforce/label/c.LeadRank_Dispute_TooLow';
import wrongReason from '@salesforce/label/c.LeadRank_Dispute_WrongReason';
import oldData from '@salesforce/label/c.LeadRank_Dispute_OldData';

export const dispute = {
  tooHigh,
  tooLow,
  wrongReason,
  oldData,
};
