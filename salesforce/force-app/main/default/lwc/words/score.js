import spoken from '@salesforce/label/c.LeadRank_Score_Spoken';
import spokenNoGrade from '@salesforce/label/c.LeadRank_Score_SpokenNoGrade';
import missing from '@salesforce/label/c.LeadRank_Score_Missing';
import away from '@salesforce/label/c.LeadRank_Score_Away';
import ahead from '@salesforce/label/c.LeadRank_Score_Ahead';
import grade from '@salesforce/label/c.LeadRank_Score_Grade';
import aheadDeals from '@salesforce/label/c.LeadRank_Score_AheadDeals';
import points from '@salesforce/label/c.LeadRank_Score_Points';
import gradeAmong from '@salesforce/label/c.LeadRank_Score_GradeAmong';

export const score = {
  spoken,
  spokenNoGrade,
  missing,
  away,
  ahead,
  grade,
  aheadDeals,
  points,
  gradeAmong,
};
