import { Fault } from '../../base/index.ts';
import { membersOf, type Entity, type FeatureSpec, type TargetName } from '../../features/index.ts';

/**
 * The features of a target, taken apart into what is read of one row each: a replay holds the row of a record in one place and
 * the row that it is linked to in another.
 */
export interface Readings {
  readonly target: TargetName;
  /** What is compiled: the wanted features first, those that leave out the record's own part with it; then these parts. */
  readonly specs: readonly FeatureSpec[];
  /** The wanted features, as they are declared. */
  readonly features: readonly FeatureSpec[];
  /** How many are wanted. */
  readonly wanted: number;
  /** Of a wanted feature: the place of the own part that is taken off it; -1 where none is. */
  readonly less: readonly number[];
  /** Places of what is read where the record's own events are folded. */
  readonly own: readonly number[];
  /** Places of what is read where the events of its members are folded as well, by the entity whose row it is. */
  readonly linked: ReadonlyMap<Entity, readonly number[]>;
}

export function readingsOf(features: readonly FeatureSpec[], target: TargetName): Readings {
  const wanted = features.filter(({ entity }) => entity === target);
  const parts: FeatureSpec[] = [];
  const less = wanted.map((feature) => {
    const { kind } = feature;
    if (kind.op !== 'cross' || kind.count !== 'others') return -1;
    if (kind.entity === 'owner') throw new Fault({ kind: 'input', value: feature.name, rule: 'leaves its own part out of a team’s', remedy: 'count all of the team' });
    return wanted.length + parts.push({ ...feature, name: `${feature.name} of its own`, kind: kind.kind }) - 1;
  });
  const whole = wanted.map((feature) => (feature.kind.op === 'cross' ? { ...feature, kind: { ...feature.kind, count: 'all' as const } } : feature));
  const specs = [...whole, ...parts];
  const own: number[] = [];
  const linked = new Map<Entity, number[]>();
  for (const [place, { kind }] of specs.entries()) {
    const entity = kind.op === 'cross' ? kind.entity : target;
    if (entity === target && membersOf(target).length === 0) own.push(place);
    else linked.set(entity, [...(linked.get(entity) ?? []), place]);
  }
  return { target, specs, features: wanted, wanted: wanted.length, less, own, linked };
}
