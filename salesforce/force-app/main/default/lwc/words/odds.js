import inTen from '@salesforce/label/c.LeadRank_Odds_InTen';
import inHundred from '@salesforce/label/c.LeadRank_Odds_InHundred';
import few from '@salesforce/label/c.LeadRank_Odds_Few';
import most from '@salesforce/label/c.LeadRank_Odds_Most';
import dealInTen from '@salesforce/label/c.LeadRank_Odds_DealInTen';
import dealInHundred from '@salesforce/label/c.LeadRank_Odds_DealInHundred';
import dealFew from '@salesforce/label/c.LeadRank_Odds_DealFew';
import dealMost from '@salesforce/label/c.LeadRank_Odds_DealMost';

/** By what the record is. */
export const odds = {
  lead: { inTen, inHundred, few, most },
  opportunity: { inTen: dealInTen, inHundred: dealInHundred, few: dealFew, most: dealMost },
};
