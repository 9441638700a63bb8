import { Fault } from '../base/index.ts';
import type { Decision, Replayer } from '../audit/index.ts';
import type { IdentityMap } from '../events/index.ts';
import type { Dispute, FeatureSpec } from '../features/index.ts';
import type { Effect } from '../rank/index.ts';
import { reasonsOf } from './present.ts';
import type { Disputes } from './schema-monitor.ts';

type Shown = Disputes['disputes'][number];

export interface DisputeParts {
  readonly identities: Pick<IdentityMap, 'externalOf'>;
  readonly features: readonly FeatureSpec[];
  /** Throws a Fault where there is none, or none any more. */
  readonly find: (id: string) => { readonly decision: Decision };
  readonly explain: Replayer['explain'];
  readonly explainValue: Replayer['explainValue'];
}

/** The features of a theme that are shown, those that moved the score most. */
const MOST_FEATURES = 8;

/** The theme of what a record is worth. */
const VALUE = 'value';

/**
 * A dispute as RevOps reads it: what was said, and which features it rests on, with value, effect, and how old their source was. Who
 * disputed is not told: it is the data that is in doubt. null where the decision is not there any more.
 */
export async function presentDispute({ subject, time, decision: id, reason, theme, feature }: Dispute, parts: DisputeParts): Promise<Shown | null> {
  const record = parts.identities.externalOf(subject);
  const decision = found(id, parts);
  if (record === undefined || decision === null) return null;
  const effects = await effectsBehind(decision, { theme, feature }, parts);
  const disputed = effects
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.feature < b.feature ? -1 : 1))
    .slice(0, MOST_FEATURES);
  const said = reasonsOf(decision).find((one) => one.theme === theme)?.sentence ?? null;
  return {
    time: new Date(time).toISOString(),
    decision: id,
    record,
    reason,
    theme,
    sentence: said,
    score: decision.score,
    model: decision.bundle,
    features: disputed.map((effect) => featureOf(effect, decision, parts)),
  };
}

/** The effects on the score; of the theme value those on what the record is worth, too, which is a reason of its place. */
async function effectsBehind(decision: Decision, { theme, feature }: Pick<Dispute, 'theme' | 'feature'>, { explain, explainValue }: DisputeParts): Promise<readonly Effect[]> {
  const effects = (await explain(decision)) ?? [];
  const ofScore = effects.filter((effect) => (feature === null ? theme === null || effect.theme === theme : effect.feature === feature));
  return feature === null && theme === VALUE ? [...ofScore, ...(await explainValue(decision))] : ofScore;
}

function featureOf({ feature, effect, value = null }: Effect, { sources }: Decision, { features }: DisputeParts): Shown['features'][number] {
  const spec = features.find(({ name }) => name === feature);
  const source = sources.find((one) => one.source === spec?.source);
  return {
    feature,
    value: typeof value === 'number' && !Number.isFinite(value) ? null : value,
    effect,
    source: spec?.source ?? null,
    owner: spec?.owner ?? null,
    sourceAgeSeconds: source === undefined ? null : Math.round(source.ageMs / 1000),
    stale: source?.stale ?? false,
  };
}

function found(id: string, { find }: DisputeParts): Decision | null {
  try {
    return find(id).decision;
  } catch (error) {
    if (error instanceof Fault && ['missing', 'gone'].includes(error.kind)) return null;
    throw error;
  }
}
