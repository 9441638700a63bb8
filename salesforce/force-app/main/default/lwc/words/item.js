import position from '@salesforce/label/c.LeadRank_Item_Position';
import unnamed from '@salesforce/label/c.LeadRank_Item_Unnamed';
import unnamedDeal from '@salesforce/label/c.LeadRank_Item_UnnamedDeal';
import deal from '@salesforce/label/c.LeadRank_Item_Deal';
import actions from '@salesforce/label/c.LeadRank_Item_Actions';
import dataAge from '@salesforce/label/c.LeadRank_Item_DataAge';
import thinEvidence from '@salesforce/label/c.LeadRank_Item_ThinEvidence';
import flags from '@salesforce/label/c.LeadRank_Item_Flags';
import change from '@salesforce/label/c.LeadRank_Item_Change';
import whyHere from '@salesforce/label/c.LeadRank_Item_WhyHere';
import whyBusy from '@salesforce/label/c.LeadRank_Item_WhyBusy';
import whyFailed from '@salesforce/label/c.LeadRank_Item_WhyFailed';
import weekUp from '@salesforce/label/c.LeadRank_Item_WeekUp';
import weekDown from '@salesforce/label/c.LeadRank_Item_WeekDown';

export const item = {
  position,
  unnamed,
  unnamedDeal,
  deal,
  actions,
  dataAge,
  thinEvidence,
  flags,
  change,
  whyHere,
  whyBusy,
  whyFailed,
  weekUp,
  weekDown,
};
