import position from '@salesforce/label/c.LeadRank_Item_Position';
import unnamed from '@salesforce/label/c.LeadRank_Item_Unnamed';
import unnamedDeal from '@salesforce/label/c.LeadRank_Item_UnnamedDeal';
import deal from '@salesforce/label/c.LeadRank_Item_Deal';
import actions from '@salesforce/label/c.LeadRank_Item_Actions';
import dataAge from '@salesforce/label/c.LeadRank_Item_DataAge';
import thinEvidence from '@salesforce/label/c.LeadRank_Item_ThinEvidence';

export const item = {
  position,
  unnamed,
  unnamedDeal,
  deal,
  actions,
  dataAge,
  thinEvidence,
};
