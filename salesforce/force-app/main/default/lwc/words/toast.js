import done from '@salesforce/label/c.LeadRank_Toast_Done';
import snoozed from '@salesforce/label/c.LeadRank_Toast_Snoozed';
import dismissed from '@salesforce/label/c.LeadRank_Toast_Dismissed';
import disputed from '@salesforce/label/c.LeadRank_Toast_Disputed';
import failedTitle from '@salesforce/label/c.LeadRank_Toast_FailedTitle';
import failedHint from '@salesforce/label/c.LeadRank_Toast_FailedHint';
import accepted from '@salesforce/label/c.LeadRank_Toast_Accepted';

export const toast = {
  done,
  snoozed,
  dismissed,
  disputed,
  failedTitle,
  failedHint,
  accepted,
};
