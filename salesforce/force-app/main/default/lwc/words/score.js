import spoken from '@salesforce/label/c.LeadRank_Score_Spoken';
import spokenNoGrade from '@salesforce/label/c.LeadRank_Score_SpokenNoGrade';
import missing from '@salesforce/label/c.LeadRank_Score_Missing';
import ahead from '@salesforce/label/c.LeadRank_Score_Ahead';
import grade from '@salesforce/label/c.LeadRank_Score_Grade';

export const score = {
  spoken,
  spokenNoGrade,
  missing,
  ahead,
  grade,
};
