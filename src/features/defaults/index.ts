import type { FeatureSpec } from '../spec.ts';
import { accountContext, commercial } from './around.ts';
import { DEAL_FIT, DEAL_STATE } from './deal.ts';
import { DEAL_BUYERS, DEAL_ENGAGEMENT } from './deal-engagement.ts';
import { LEAD_ENGAGEMENT } from './lead-engagement.ts';
import { LEAD_FIT } from './lead-fit.ts';
import { LEAD_HISTORY } from './lead-history.ts';
import { LEAD_INTENT } from './lead-intent.ts';
import { teamLoad } from './team.ts';

/** The lead features that a cell starts with. */
export const LEAD_FEATURES: readonly FeatureSpec[] = [
  ...LEAD_FIT,
  ...LEAD_HISTORY,
  ...LEAD_INTENT,
  ...LEAD_ENGAGEMENT,
  ...accountContext('lead'),
  ...commercial('lead'),
  ...teamLoad('lead'),
];

/** The opportunity features that a cell starts with. */
export const OPPORTUNITY_FEATURES: readonly FeatureSpec[] = [
  ...DEAL_FIT,
  ...DEAL_STATE,
  ...DEAL_ENGAGEMENT,
  ...DEAL_BUYERS,
  ...accountContext('opportunity'),
  ...commercial('opportunity'),
  ...teamLoad('opportunity'),
];

/** All that a cell keeps from the start. */
export const DEFAULT_FEATURES: readonly FeatureSpec[] = [...LEAD_FEATURES, ...OPPORTUNITY_FEATURES];
