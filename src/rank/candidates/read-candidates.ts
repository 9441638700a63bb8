import { between, Fault, shape, type Form } from '../../base/index.ts';
import { duration } from '../policy/duration.ts';
import { DEFAULT_CANDIDATES, SOURCE_NAMES, type CandidatesSpec, type CandidateSource } from './source.ts';

/** No list is so long that more would be needed, and none so fast that more could be assessed. */
const MOST = 2_000;

const whole: Form<number> = (value, path, before) => {
  const read = between(0, MOST)(value, path, before);
  if (Number.isInteger(read)) return read;
  throw new Fault({ kind: 'input', value: `${path}: ${read}`, rule: `is a whole number from 0 to ${MOST}`, remedy: 'correct it there' });
};

const quotas = Object.fromEntries(SOURCE_NAMES.map((name) => [name, whole])) as Record<CandidateSource, Form<number>>;

/** The key `candidates` of a policy, checked; what is left out is as in the default. Throws a Fault. */
export const candidates: Form<CandidatesSpec> = (value, path, before = DEFAULT_CANDIDATES) => {
  const spec = shape<CandidatesSpec>({
    most: whole,
    quotas: shape(quotas),
    best: whole,
    near: duration(),
    fresh: duration(),
    missed: duration(),
    hot: duration(),
    silent: duration(),
  })(value ?? {}, path, before);
  if (spec.most > 0 && SOURCE_NAMES.some((name) => spec.quotas[name] > 0)) return spec;
  throw new Fault({ kind: 'input', value: path, rule: 'brings no record at all', remedy: `raise most, or the quota of one of ${SOURCE_NAMES.join(', ')}` });
};

