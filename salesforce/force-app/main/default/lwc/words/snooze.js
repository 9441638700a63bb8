import tomorrow from '@salesforce/label/c.LeadRank_Snooze_Tomorrow';
import threeDays from '@salesforce/label/c.LeadRank_Snooze_ThreeDays';
import nextMonday from '@salesforce/label/c.LeadRank_Snooze_NextMonday';
import twoWeeks from '@salesforce/label/c.LeadRank_Snooze_TwoWeeks';

export const snooze = {
  tomorrow,
  threeDays,
  nextMonday,
  twoWeeks,
};
