import position from '@salesforce/label/c.LeadRank_Item_Position';
import unnamed from '@salesforce/label/c.LeadRank_Item_Unnamed';
import actions from '@salesforce/label/c.LeadRank_Item_Actions';
import dataAge from '@salesforce/label/c.LeadRank_Item_DataAge';
import thinEvidence from '@salesforce/label/c.LeadRank_Item_ThinEvidence';

export const item = {
  position,
  unnamed,
  actions,
  dataAge,
  thinEvidence,
};
