import l0 from '@salesforce/label/c.LeadRank_Level_L0';
import l0Hint from '@salesforce/label/c.LeadRank_Level_L0Hint';
import l1 from '@salesforce/label/c.LeadRank_Level_L1';
import l2 from '@salesforce/label/c.LeadRank_Level_L2';
import l3 from '@salesforce/label/c.LeadRank_Level_L3';
import l1Hint from '@salesforce/label/c.LeadRank_Level_L1Hint';
import l2Hint from '@salesforce/label/c.LeadRank_Level_L2Hint';
import l3Hint from '@salesforce/label/c.LeadRank_Level_L3Hint';
import asOf from '@salesforce/label/c.LeadRank_Level_AsOf';
import leads from '@salesforce/label/c.LeadRank_Level_Leads';
import opportunities from '@salesforce/label/c.LeadRank_Level_Opportunities';
import l4 from '@salesforce/label/c.LeadRank_Level_L4';
import control from '@salesforce/label/c.LeadRank_Level_Control';
import controlHint from '@salesforce/label/c.LeadRank_Level_ControlHint';
import l4Hint from '@salesforce/label/c.LeadRank_Level_L4Hint';
import designHint from '@salesforce/label/c.LeadRank_Level_DesignHint';

export const level = {
  l0,
  l0Hint,
  l1,
  l2,
  l3,
  l1Hint,
  l2Hint,
  l3Hint,
  asOf,
  leads,
  opportunities,
  l4,
  control,
  controlHint,
  l4Hint,
  designHint,
};
