import title from '@salesforce/label/c.LeadRank_Insight_Title';
import nextStep from '@salesforce/label/c.LeadRank_Insight_NextStep';
import ruledOut from '@salesforce/label/c.LeadRank_Insight_RuledOut';
import trend from '@salesforce/label/c.LeadRank_Insight_Trend';
import trendSpoken from '@salesforce/label/c.LeadRank_Insight_TrendSpoken';
import trendNone from '@salesforce/label/c.LeadRank_Insight_TrendNone';
import sources from '@salesforce/label/c.LeadRank_Insight_Sources';
import sourceAge from '@salesforce/label/c.LeadRank_Insight_SourceAge';
import sourceFresh from '@salesforce/label/c.LeadRank_Insight_SourceFresh';
import sourceStale from '@salesforce/label/c.LeadRank_Insight_SourceStale';
import made from '@salesforce/label/c.LeadRank_Insight_Made';
import decision from '@salesforce/label/c.LeadRank_Insight_Decision';
import model from '@salesforce/label/c.LeadRank_Insight_Model';
import modelTrained from '@salesforce/label/c.LeadRank_Insight_ModelTrained';
import noModel from '@salesforce/label/c.LeadRank_Insight_NoModel';
import at from '@salesforce/label/c.LeadRank_Insight_At';
import offset from '@salesforce/label/c.LeadRank_Insight_Offset';
import notScoredTitle from '@salesforce/label/c.LeadRank_Insight_NotScoredTitle';
import notScoredHint from '@salesforce/label/c.LeadRank_Insight_NotScoredHint';

export const insight = {
  title,
  nextStep,
  ruledOut,
  trend,
  trendSpoken,
  trendNone,
  sources,
  sourceAge,
  sourceFresh,
  sourceStale,
  made,
  decision,
  model,
  modelTrained,
  noModel,
  at,
  offset,
  notScoredTitle,
  notScoredHint,
};
