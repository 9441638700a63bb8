import salesforce from '@salesforce/label/c.LeadRank_Source_Salesforce';
import web from '@salesforce/label/c.LeadRank_Source_Web';
import email from '@salesforce/label/c.LeadRank_Source_Email';
import telephony from '@salesforce/label/c.LeadRank_Source_Telephony';
import marketing from '@salesforce/label/c.LeadRank_Source_Marketing';
import erp from '@salesforce/label/c.LeadRank_Source_Erp';
import product from '@salesforce/label/c.LeadRank_Source_Product';

export const source = {
  salesforce,
  web,
  email,
  telephony,
  marketing,
  erp,
  product,
};
