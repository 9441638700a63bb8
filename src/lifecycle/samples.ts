import { setImmediate } from 'node:timers/promises';
import { DAY } from '../base/index.ts';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { openMemoryState, type FeatureSpec } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { Dataset } from '../trees/index.ts';
import { dueDates } from './due.ts';
import { createVectorTable } from './vector-table.ts';

export interface SampleOptions {
  log: Log;
  features: readonly FeatureSpec[];
  /** What was known at this time is used, ms; a sample needs its whole horizon before it. */
  until: number;
  /** Within how many days of the sample the lead must convert to count as positive. */
  horizonDays?: number;
  /** How old a lead is when it is sampled, days since the CRM's word of it was known. */
  agesDays?: readonly number[];
  /** Told how many events of the log were read, and how many there are. */
  onProgress?: (read: number, end: number) => void;
  signal?: AbortSignal;
}

/** A training set: row by row in order of sample time, the columns in the order of the features. */
export interface Samples {
  data: Dataset;
  /** 1 where the lead converted within the horizon after the sample, else 0. */
  labels: Float64Array;
  /** When each sample was taken, ms. */
  times: Float64Array;
  subjects: SubjectId[];
  /** One number a lead: rows of one lead belong on one side of a split. */
  groups: Int32Array;
  /** Samples left out because their horizon is not over yet. */
  unripe: number;
}

const AGES = [0.25, 1, 3, 7, 14, 21];

/**
 * Replays the log through the fold that serves live and takes each lead's features at a few ages while it is open. All is as
 * of `knownAt`: a sample at t sees what was known at t, and nothing later; its label is what became known after t.
 */
export async function sampleLog(options: SampleOptions): Promise<Samples> {
  const { log, features, until, horizonDays = 30, agesDays = AGES } = options;
  const horizon = horizonDays * DAY;
  const { converted, ordered } = await survey(options);
  const state = openMemoryState({ features });
  const table = createVectorTable(features);
  const due = dueDates(agesDays.map((days) => days * DAY));
  const labels: number[] = [];
  const times: number[] = [];
  const subjects: SubjectId[] = [];
  let unripe = 0;

  /** Takes the samples that are due before `time`. */
  const sampleBefore = (time: number): void => {
    for (let next = due.next(time); next !== undefined; next = due.next(time)) {
      const record = state.record(next.subject);
      if (record?.status !== 'open') continue;
      if (next.time + horizon > until) {
        unripe += 1;
        continue;
      }
      const outcome = converted.get(next.subject) ?? Infinity;
      table.add(record.vector(next.time));
      labels.push(outcome > next.time && outcome <= next.time + horizon ? 1 : 0);
      times.push(next.time);
      subjects.push(next.subject);
    }
  };

  for await (const slice of ordered ? known(options) : inOrderOfKnowing(options)) {
    let folded = 0;
    for (const [i, event] of slice.entries()) {
      if (due.first() < event.knownAt) {
        state.fold(slice.slice(folded, i));
        folded = i;
        sampleBefore(event.knownAt);
      }
      if (event.type === 'lead.created') due.begin(event.subject, event.knownAt);
    }
    state.fold(slice.slice(folded));
  }
  sampleBefore(until + 1);
  state.close();
  options.onProgress?.(log.end(), log.end());
  return {
    data: table.finish(),
    labels: Float64Array.from(labels),
    times: Float64Array.from(times),
    subjects,
    groups: groupsOf(subjects),
    unripe,
  };
}

function groupsOf(subjects: readonly SubjectId[]): Int32Array {
  const numbers = new Map<SubjectId, number>();
  return Int32Array.from(subjects, (subject) => {
    const number = numbers.get(subject) ?? numbers.size;
    numbers.set(subject, number);
    return number;
  });
}

/** When each conversion became known, and whether the log is in the order in which its events became known. */
async function survey(options: SampleOptions): Promise<{ converted: Map<SubjectId, number>; ordered: boolean }> {
  const converted = new Map<SubjectId, number>();
  let ordered = true;
  let newest = -Infinity;
  for await (const slice of known({ ...options, onProgress: () => {} })) {
    for (const { type, subject, knownAt } of slice) {
      ordered &&= knownAt >= newest;
      newest = Math.max(newest, knownAt);
      if (type === 'lead.converted') converted.set(subject, Math.min(knownAt, converted.get(subject) ?? Infinity));
    }
  }
  return { converted, ordered };
}

const SLICE = 20_000;

/** The events that were known by `until`, in the order of the log, in slices. */
async function* known({ log, until, onProgress, signal }: SampleOptions): AsyncGenerator<LoggedEvent[]> {
  const end = log.end();
  for (let offset = 0; offset < end; ) {
    signal?.throwIfAborted();
    const slice = Array.from(log.read(offset, SLICE));
    if (slice.length === 0) return;
    yield slice.filter((event) => event.offset < end && event.knownAt <= until);
    offset = slice.at(-1)!.offset + 1;
    onProgress?.(Math.min(offset, end), end);
    await setImmediate();
  }
}

/** The same in the order of `knownAt`: a history that was imported late has its place among the live events. */
async function* inOrderOfKnowing(options: SampleOptions): AsyncGenerator<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for await (const slice of known(options)) for (const event of slice) events.push(event);
  events.sort((a, b) => a.knownAt - b.knownAt || a.offset - b.offset);
  yield events.map((event, offset) => Object.assign({}, event, { offset }));
}
