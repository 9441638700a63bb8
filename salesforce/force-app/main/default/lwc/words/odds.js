import inTen from '@salesforce/label/c.LeadRank_Odds_InTen';
import inHundred from '@salesforce/label/c.LeadRank_Odds_InHundred';
import few from '@salesforce/label/c.LeadRank_Odds_Few';
import most from '@salesforce/label/c.LeadRank_Odds_Most';

export const odds = {
  inTen,
  inHundred,
  few,
  most,
};
