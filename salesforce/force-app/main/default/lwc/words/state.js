import loading from '@salesforce/label/c.LeadRank_State_Loading';
import unavailableTitle from '@salesforce/label/c.LeadRank_State_UnavailableTitle';
import unavailableHint from '@salesforce/label/c.LeadRank_State_UnavailableHint';
import timeoutTitle from '@salesforce/label/c.LeadRank_State_TimeoutTitle';
import timeoutHint from '@salesforce/label/c.LeadRank_State_TimeoutHint';
import unauthorizedTitle from '@salesforce/label/c.LeadRank_State_UnauthorizedTitle';
import unauthorizedHint from '@salesforce/label/c.LeadRank_State_UnauthorizedHint';
import errorTitle from '@salesforce/label/c.LeadRank_State_ErrorTitle';
import errorHint from '@salesforce/label/c.LeadRank_State_ErrorHint';

export const state = {
  loading,
  unavailableTitle,
  unavailableHint,
  timeoutTitle,
  timeoutHint,
  unauthorizedTitle,
  unauthorizedHint,
  errorTitle,
  errorHint,
};
