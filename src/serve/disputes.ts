import { Fault } from '../base/index.ts';
import type { Decision, Ground, Replayer } from '../audit/index.ts';
import type { IdentityMap } from '../events/index.ts';
import type { Dispute, FeatureSpec } from '../features/index.ts';
import type { Effect } from '../rank/index.ts';
import { reasonsOf } from './reasons.ts';
import type { Disputes } from './schema-monitor.ts';

type Shown = Disputes['disputes'][number];

export interface DisputeParts {
  readonly identities: Pick<IdentityMap, 'externalOf'>;
  readonly features: readonly FeatureSpec[];
  /** Throws a Fault where there is none, or none any more. */
  readonly find: (id: string) => { readonly decision: Decision };
  readonly explain: Replayer['explain'];
  readonly explainValue: Replayer['explainValue'];
  readonly explainUrgency: Replayer['explainUrgency'];
}

/** The features of a theme that are shown, those that moved the score most. */
const MOST_FEATURES = 8;

/** The themes of what a record is worth, and of how soon it is wanted. */
const VALUE = 'value';
const URGENCY = 'urgency';

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

/** The effects on the score; of the themes of its place what the record is worth, and what its urgency rests on, too. */
async function effectsBehind(decision: Decision, { theme, feature }: Pick<Dispute, 'theme' | 'feature'>, { explain, explainValue, explainUrgency }: DisputeParts): Promise<readonly Behind[]> {
  const effects = (await explain(decision)) ?? [];
  const ofScore = effects.filter((effect) => (feature === null ? theme === null || effect.theme === theme : effect.feature === feature));
  if (feature !== null) return ofScore;
  if (theme === URGENCY) return [...ofScore, ...(await explainUrgency(decision))];
  return theme === VALUE ? [...ofScore, ...(await explainValue(decision))] : ofScore;
}

/** What the score, the value or the urgency rested on. */
type Behind = Pick<Effect, 'feature' | 'effect' | 'value'> & Pick<Ground, 'feeds'>;

function featureOf({ feature, effect, value = null, feeds }: Behind, { sources }: Decision, { features }: DisputeParts): Shown['features'][number] {
  const spec = features.find(({ name }) => name === feature);
  const named = feeds ?? (spec === undefined ? [] : [spec.source]);
  const heard = sources.filter(({ source }) => named.includes(source));
  return {
    feature,
    value: typeof value === 'number' && !Number.isFinite(value) ? null : value,
    effect,
    source: named.length === 0 ? null : named.join(', '),
    owner: spec?.owner ?? null,
    sourceAgeSeconds: heard.length === 0 ? null : Math.round(Math.min(...heard.map(({ ageMs }) => ageMs)) / 1000),
    stale: heard.some(({ stale }) => stale),
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
