import now from '@salesforce/label/c.LeadRank_Age_Now';
import minutes from '@salesforce/label/c.LeadRank_Age_Minutes';
import hours from '@salesforce/label/c.LeadRank_Age_Hours';
import hoursMinutes from '@salesforce/label/c.LeadRank_Age_HoursMinutes';
import days from '@salesforce/label/c.LeadRank_Age_Days';
import asOf from '@salesforce/label/c.LeadRank_Age_AsOf';
import unknown from '@salesforce/label/c.LeadRank_Age_Unknown';

export const age = {
  now,
  minutes,
  hours,
  hoursMinutes,
  days,
  asOf,
  unknown,
};
