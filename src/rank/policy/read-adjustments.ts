import { between, DAY, Fault, HOUR, listOf, MINUTE, oneWord, quote, shape, text, type Form } from '../../base/index.ts';
import { parseCondition, type Condition } from '../../rules/index.ts';
import { ADJUSTMENT_NAMES, STAGES, type AdjustmentName, type AdjustmentSpec, type PinRule, type SpecOf, type WeightRule } from './adjustments.ts';
import { duration } from './duration.ts';
import { moment } from './moment.ts';

const ORDER = ['filter', 'factor', 'order', 'select', 'place'];
const lift = between(0.1, 10);
const share = between(0, 1);
const aCount = whole(1, 200);

/** The adjustments of a policy, checked, in their order. `columns`: the features that conditions may name; null: any. */
export const adjustments =
  (columns: readonly string[] | null): Form<readonly AdjustmentSpec[]> =>
  (value, path) => {
    const read = listOf(adjustment(columns))(value, path);
    read.forEach((spec, at) => {
      const where = `${path}[${at}]: ${spec.name}`;
      if (read.findIndex(({ name }) => name === spec.name) < at) throw fault(where, 'is named twice', 'keep one of them');
      const before = read[at - 1];
      if (before !== undefined && !follows(spec.name, before.name))
        throw fault(where, `acts before ${before.name}`, `declare them in the order ${ADJUSTMENT_NAMES.join(', ')}`);
    });
    return read;
  };

function follows(name: AdjustmentName, before: AdjustmentName): boolean {
  if (STAGES[name] === 'factor' && STAGES[before] === 'factor') return true;
  const stage = ORDER.indexOf(STAGES[name]) - ORDER.indexOf(STAGES[before]);
  return stage > 0 || (stage === 0 && ADJUSTMENT_NAMES.indexOf(name) > ADJUSTMENT_NAMES.indexOf(before));
}

/** A policy of before need not say it. */
const MISSED = { missed: 7 * DAY };

type Forms = { [Name in AdjustmentName]: Form<SpecOf<Name>> };

const adjustment =
  (columns: readonly string[] | null): Form<AdjustmentSpec> =>
  (value, path) => {
    const name = oneWord(ADJUSTMENT_NAMES)((value as { name?: unknown } | null)?.name, `${path}.name`);
    return formsFor(columns)[name](value, path);
  };

function formsFor(columns: readonly string[] | null): Forms {
  const named = <Name extends AdjustmentName>(name: Name): { name: Form<Name> } => ({ name: oneWord([name]) });
  const fading = { within: duration({ least: MINUTE }), lift };
  return {
    fatigue: shape<SpecOf<'fatigue'>>({ ...named('fatigue'), feature: feature(columns), most: between(1, 1000) }),
    absence: shape<SpecOf<'absence'>>(named('absence')),
    deadline: ordered(
      shape<SpecOf<'deadline'>>({
        ...named('deadline'),
        within: duration({ least: MINUTE }),
        near: duration(),
        lost: duration({ least: MINUTE, most: 60 * 24 * HOUR }),
        lift,
        rush: lift,
      }),
    ),
    freshness: shape<SpecOf<'freshness'>>({ ...named('freshness'), ...fading }),
    rest: shape<SpecOf<'rest'>>({ ...named('rest'), ...fading, lift: between(0.01, 1) }),
    promise: (value, path) => shape<SpecOf<'promise'>>({ ...named('promise'), near: duration(), missed: duration({ least: MINUTE }), lift })(value, path, MISSED),
    feedback: shape<SpecOf<'feedback'>>({ ...named('feedback'), within: duration({ least: MINUTE }), accepted: lift, disputed: between(0.1, 1) }),
    weights: shape<SpecOf<'weights'>>({ ...named('weights'), rules: rules(weight(columns)) }),
    fairness: shape<SpecOf<'fairness'>>({ ...named('fairness'), tolerance: share }),
    steady: shape<SpecOf<'steady'>>({ ...named('steady'), margin: share }),
    diversity: shape<SpecOf<'diversity'>>({ ...named('diversity'), most: aCount }),
    exploration: shape<SpecOf<'exploration'>>({ ...named('exploration'), every: whole(2, 200) }),
    capacity: shape<SpecOf<'capacity'>>({ ...named('capacity'), each: duration({ least: MINUTE, most: 24 * HOUR }) }),
    pins: shape<SpecOf<'pins'>>({ ...named('pins'), rules: rules(pin(columns)) }),
  };
}

const ordered =
  (form: Form<SpecOf<'deadline'>>): Form<SpecOf<'deadline'>> =>
  (value, path) => {
    const read = form(value, path);
    if (read.near <= read.within && read.within <= read.lost) return read;
    throw fault(path, 'near is at most within, and within at most lost', 'correct the spans');
  };

const weight = (columns: readonly string[] | null): Form<WeightRule> =>
  shape<WeightRule>({ id: text, when: when(columns), factor: lift });

const pin = (columns: readonly string[] | null): Form<PinRule> => (value, path) =>
  shape<PinRule>({ id: text, when: when(columns), place: aCount, most: aCount, until: moment })(value, path, { place: 1, most: 1, until: null });

const rules =
  <T extends { id: string }>(form: Form<T>): Form<readonly T[]> =>
  (value, path) => {
    const read = listOf(form)(value, path);
    const twice = read.find(({ id }, at) => read.findIndex((one) => one.id === id) < at);
    if (twice !== undefined) throw fault(`${path}: ${quote(twice.id)}`, 'is the id of two rules', 'rename one of them');
    return read;
  };

const when =
  (columns: readonly string[] | null): Form<readonly Condition[]> =>
  (value, path) => {
    const read = listOf((one, where) => parseCondition(one, where, columns ?? [(one as Condition | null)?.feature ?? '']))(value, path);
    if (read.length > 0) return read;
    throw fault(path, 'holds no condition, and so would hold for every record', 'name at least one');
  };

const feature =
  (columns: readonly string[] | null): Form<string> =>
  (value, path) => (columns === null ? text : oneWord(columns))(value, path);

function whole(least: number, most: number): Form<number> {
  const form = between(least, most);
  return (value, path, before) => {
    const read = form(value, path, before);
    if (Number.isInteger(read)) return read;
    throw fault(`${path}: ${read}`, 'is a whole number', 'leave the fraction out');
  };
}

function fault(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
