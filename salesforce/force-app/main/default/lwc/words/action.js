import recommended from '@salesforce/label/c.LeadRank_Action_Recommended';
import done from '@salesforce/label/c.LeadRank_Action_Done';
import snooze from '@salesforce/label/c.LeadRank_Action_Snooze';
import dismiss from '@salesforce/label/c.LeadRank_Action_Dismiss';
import dispute from '@salesforce/label/c.LeadRank_Action_Dispute';
import cancel from '@salesforce/label/c.LeadRank_Action_Cancel';
import retry from '@salesforce/label/c.LeadRank_Action_Retry';
import copy from '@salesforce/label/c.LeadRank_Action_Copy';
import copied from '@salesforce/label/c.LeadRank_Action_Copied';
import accept from '@salesforce/label/c.LeadRank_Action_Accept';

export const action = {
  recommended,
  done,
  snooze,
  dismiss,
  dispute,
  cancel,
  retry,
  copy,
  copied,
  accept,
};
