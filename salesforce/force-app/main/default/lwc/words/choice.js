import dismiss from '@salesforce/label/c.LeadRank_Choice_Dismiss';
import dispute from '@salesforce/label/c.LeadRank_Choice_Dispute';
import snooze from '@salesforce/label/c.LeadRank_Choice_Snooze';
import date from '@salesforce/label/c.LeadRank_Choice_Date';
import setDate from '@salesforce/label/c.LeadRank_Choice_SetDate';
import which from '@salesforce/label/c.LeadRank_Choice_Which';

export const choice = {
  dismiss,
  dispute,
  snooze,
  date,
  setDate,
  which,
};
