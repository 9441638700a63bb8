import pro from '@salesforce/label/c.LeadRank_Reason_Pro';
import con from '@salesforce/label/c.LeadRank_Reason_Con';
import why from '@salesforce/label/c.LeadRank_Reason_Why';
import forHeading from '@salesforce/label/c.LeadRank_Reason_ForHeading';
import againstHeading from '@salesforce/label/c.LeadRank_Reason_AgainstHeading';
import none from '@salesforce/label/c.LeadRank_Reason_None';
import strong from '@salesforce/label/c.LeadRank_Reason_Strong';
import medium from '@salesforce/label/c.LeadRank_Reason_Medium';
import slight from '@salesforce/label/c.LeadRank_Reason_Slight';
import effect from '@salesforce/label/c.LeadRank_Reason_Effect';

export const reason = {
  pro,
  con,
  why,
  forHeading,
  againstHeading,
  none,
  strong,
  medium,
  slight,
  effect,
};
