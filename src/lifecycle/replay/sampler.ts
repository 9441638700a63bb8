import { hash32 } from '../../base/index.ts';
import type { SubjectId } from '../../events/index.ts';
import { LINKS, type ReplayRows } from '../../features/index.ts';
import type { Address, Outbox } from './outbox.ts';
import type { SamplePlan } from './plan.ts';
import type { Readings } from './readings.ts';
import { createSink, type SampleRows } from './sink.ts';
import type { Workspace } from './workspace.ts';

export interface SamplerOptions {
  readonly readings: Readings;
  readonly plan: SamplePlan;
  readonly rows: ReplayRows;
  readonly outbox: Outbox;
  readonly workspace: Workspace;
}

/** A moment at which a sample may be taken, and when outcomes of the subject become known, ms. */
export interface Moment {
  readonly time: number;
  readonly outcomes: readonly number[];
  /** Into `REASONS`. */
  readonly reason: number;
  /** As of `SampleHeads`. */
  readonly offset: number;
}

/** Takes samples of records: reads their own rows, and asks for what is read of those that they are linked to. */
export interface Sampler {
  /** From now on subjects are told by their places among these. */
  begin(subjects: readonly string[]): void;
  /** Takes one where the record is open; `number` is the subject's in the rows. */
  take(subject: number, number: number, moment: Moment): void;
  /** Those of all subjects, in memory of the workspace, the names of these, and which sample stands in which row. Then it is empty. */
  finish(): { readonly samples: SampleRows; readonly names: readonly string[]; readonly order: Int32Array };
}

export function createSampler({ readings, plan, rows, outbox, workspace }: SamplerOptions): Sampler {
  const { target, linked, own } = readings;
  const { horizon, until, negatives, seed } = plan;
  const sink = createSink(readings, workspace);
  const readOwn = rows.ownReader(own);
  const asksItself = linked.has(target);
  const askedOf = LINKS[target].map((to) => linked.has(to));
  let names: string[] = [];
  let subjects: readonly string[] = [];
  let nameOf = new Int32Array();
  let links: readonly (SubjectId | null)[] | undefined;
  let asked: Address[] = [];

  /** Whether an outcome becomes known within the horizon; NaN where it is not over yet. */
  const labelOf = ({ time, outcomes }: Moment): number => {
    if (time + horizon > until) return NaN;
    for (let i = 0; i < outcomes.length; i++) if (outcomes[i]! > time && outcomes[i]! <= time + horizon) return 1;
    return 0;
  };
  const askFrom = (now: readonly (SubjectId | null)[]): void => {
    links = now;
    asked = [];
    for (let i = 0; i < now.length; i++) if (now[i] !== null && askedOf[i]) asked.push(outbox.to(now[i]!, LINKS[target][i]!));
  };
  const ask = (subject: number, number: number, sample: number): void => {
    if (asksItself) outbox.ask(outbox.to(subjects[subject]!, target), sample);
    const now = rows.linksOf(number);
    if (now !== links) askFrom(now);
    for (let i = 0; i < asked.length; i++) outbox.ask(asked[i]!, sample);
  };

  return {
    begin(of) {
      subjects = of;
      nameOf = new Int32Array(of.length).fill(-1);
      links = undefined;
    },
    take(subject, number, moment) {
      if (rows.became(number) !== number || rows.status(number) !== 'open') return;
      const { time, reason, offset } = moment;
      const label = labelOf(moment);
      if (label === 0 && negatives !== 1 && chanceOf(subjects[subject]!, time, seed) >= negatives) return;
      if (nameOf[subject] === -1) nameOf[subject] = names.push(subjects[subject]!) - 1;
      const sample = sink.add(nameOf[subject]!, time, label, label === 0 ? 1 / negatives : 1, reason, offset);
      readOwn(number, time, sink.page(), sink.at());
      ask(subject, number, sample);
    },
    finish() {
      const of = names;
      names = [];
      const { rows: samples, order } = sink.finish(of);
      return { samples, names: of, order };
    },
  };
}

/** In [0, 1), the same for a sample wherever it is drawn. */
const chanceOf = (subject: string, time: number, seed: number): number => hash32(`${subject} ${time}`, seed) / 2 ** 32;
