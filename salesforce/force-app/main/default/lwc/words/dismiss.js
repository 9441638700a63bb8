import notAFit from '@salesforce/label/c.LeadRank_Dismiss_NotAFit';
import duplicate from '@salesforce/label/c.LeadRank_Dismiss_Duplicate';
import noContact from '@salesforce/label/c.LeadRank_Dismiss_NoContact';
import alreadyWorking from '@salesforce/label/c.LeadRank_Dismiss_AlreadyWorking';
import notNow from '@salesforce/label/c.LeadRank_Dismiss_NotNow';

export const dismiss = {
  notAFit,
  duplicate,
  noContact,
  alreadyWorking,
  notNow,
};
