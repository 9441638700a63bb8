import { exp, random, sigmoid, type Random } from '../base/index.ts';
import { comparePolicies, type OffPolicyEstimate } from './compare.ts';
import type { LoggedDecisions, PolicyTable } from './decisions.ts';
import type { EstimatorName } from './estimators.ts';

/** A small world of its own for each seed: how many actions, how they work for whom, how they were logged, what is asked. */
export interface SimulatedWorld {
  readonly decisions: LoggedDecisions;
  readonly policy: PolicyTable;
  /** Expected rewards by a plain model that has not seen the subject: the mean of each action among the other half. */
  readonly expected: Float64Array;
  /** The policy's true value, and its true gain over the policy that was logged, among all such subjects. */
  readonly value: number;
  readonly gain: number;
}

interface Person {
  readonly traits: readonly number[];
  /** Hidden: what all decisions of a subject share. */
  readonly level: number;
}

const TRAITS = 3;
const FLOOR = 0.05;

export function simulatedWorld(seed: number, { subjects, population }: { subjects: number; population: number }): SimulatedWorld {
  const draw = random(seed).fork('world');
  const arms = 2 + draw.below(4);
  const slopes = (size: number): number[][] => Array.from({ length: arms }, () => Array.from({ length: TRAITS + 1 }, () => size * draw.normal()));
  const [works, logged, asked] = [slopes(0.6), slopes(0.8), slopes(1)];
  const base = -2 + 2 * draw.uniform();
  const spread = 0.8 * draw.uniform();
  const most = 1 + draw.below(5);
  const person = (of: Random): Person => ({ traits: Array.from({ length: TRAITS }, () => of.normal()), level: spread * of.normal() });
  const chance = ({ traits, level }: Person, arm: number): number => sigmoid(base + level + score(works[arm]!, traits));

  const action: number[] = [];
  const [propensity, policy, reward, subject]: number[][] = [[], [], [], []];
  for (let one = 0; one < subjects; one++) {
    const { level } = person(draw);
    for (let again = 1 + draw.below(most); again > 0; again--) {
      const at = { ...person(draw), level };
      const shown = softmax(logged, at.traits);
      const arm = pickBy(shown, draw.uniform());
      action.push(arm);
      propensity!.push(...shown);
      policy!.push(...softmax(asked, at.traits));
      reward!.push(Number(draw.uniform() < chance(at, arm)));
      subject!.push(one);
    }
  }
  const decisions: LoggedDecisions = {
    count: action.length, arms: works.map((_, arm) => `a${arm}`), action: Int32Array.from(action), propensity: Float64Array.from(propensity!),
    reward: Float64Array.from(reward!), subject: Int32Array.from(subject!),
  };
  const people = random(seed).fork('population');
  let [value, present] = [0, 0];
  for (let one = 0; one < population; one++) {
    const at = person(people);
    const [would, did] = [softmax(asked, at.traits), softmax(logged, at.traits)];
    for (let arm = 0; arm < arms; arm++) {
      const p = chance(at, arm);
      value += (would[arm]! * p) / population;
      present += (did[arm]! * p) / population;
    }
  }
  return { decisions, policy: Float64Array.from(policy!), expected: meansOfOthers(decisions), value, gain: value - present };
}

/** Whether the 95 % intervals of a world hold the truth: of the value and of the gain. */
export function covers(world: SimulatedWorld, estimator: EstimatorName): { value: boolean; gain: boolean } {
  const { decisions, policy, expected } = world;
  const found: OffPolicyEstimate = comparePolicies(estimator, { decisions, policy, expected, resamples: 600 });
  const holds = ({ low, high }: { low: number; high: number }, truth: number): boolean => low <= truth && truth <= high;
  return { value: holds(found.value, world.value), gain: holds(found.gain, world.gain) };
}

/** Subjects of even number are told what those of odd number did, and the other way round. */
function meansOfOthers({ count, arms, action, reward, subject }: LoggedDecisions): Float64Array {
  const [sums, counts] = [new Float64Array(2 * arms.length), new Float64Array(2 * arms.length)];
  for (let row = 0; row < count; row++) {
    const place = (1 - (subject[row]! % 2)) * arms.length + action[row]!;
    sums[place]! += reward[row]!;
    counts[place]! += 1;
  }
  return Float64Array.from({ length: count * arms.length }, (_, at) => {
    const place = (subject[Math.floor(at / arms.length)]! % 2) * arms.length + (at % arms.length);
    return counts[place]! > 0 ? sums[place]! / counts[place]! : 0.2;
  });
}

const score = (slopes: readonly number[], traits: readonly number[]): number => traits.reduce((sum, trait, at) => sum + slopes[at + 1]! * trait, slopes[0]!);

function softmax(slopes: readonly (readonly number[])[], traits: readonly number[]): number[] {
  const weights = slopes.map((of) => exp(score(of, traits)));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => FLOOR + (1 - FLOOR * slopes.length) * (weight / sum));
}

function pickBy(shares: readonly number[], at: number): number {
  let left = at;
  const found = shares.findIndex((share) => (left -= share) < 0);
  return found < 0 ? shares.length - 1 : found;
}
