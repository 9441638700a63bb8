import { between, Fault, oneWord, shape, text, type Form } from '../../base/index.ts';
import { UNITS, type ExperimentSpec } from '../../experiment/index.ts';
import { moment } from './moment.ts';

/** A field experiment of a policy, checked; the salt is its name unless it is given. */
export const experiment: Form<ExperimentSpec | undefined> = (value, path) => {
  if (value === undefined || value === null) return undefined;
  const name = text((value as { name?: unknown }).name, `${path}.name`);
  const before: Partial<ExperimentSpec> = { unit: 'team', salt: name, from: null, until: null };
  const read = shape<ExperimentSpec>({ name: text, share: between(0.01, 0.99), unit: oneWord(UNITS), salt: text, from: moment, until: moment })(value, path, before);
  if (read.from !== null && read.until !== null && read.until <= read.from)
    throw new Fault({ kind: 'input', value: `${path}.until`, rule: 'lies after from', remedy: 'correct one of them' });
  return read;
};
