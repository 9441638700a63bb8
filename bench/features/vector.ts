// What a record's row weighs, how fast events fold into it from scalars, and how fast a vector is read from it: by the functions that
// are made for the features, and step by step.
//   node bench/features/vector.ts [leads]
import { codeOfType, compileFolds, createVocabularies, DEFAULT_FEATURES, ENTITIES, HEADER_BYTES, LEAD_FEATURES, openMemoryState, type Entity, type FeatureSpec } from '../../src/features/index.ts';
import type { Event, LoggedEvent } from '../../src/events/index.ts';
import { crowd } from './crowd.ts';

const leads = Number(process.argv[2] ?? 4_000);
const ROUNDS = 11;
const FORMS = ['generated', 'plain'] as const;
type Form = (typeof FORMS)[number];
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (work: () => void): number => {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin) / 1e9;
};

const events: Event[] = [...crowd({ leads })];
const times = Float64Array.from(events, ({ time }) => time);
const now = events.at(-1)!.time;

/** The events as scalars, as a replay of columns has them, and the rows of their leads. */
function scalars(features: readonly FeatureSpec[], form: Form) {
  const folds = compileFolds(features, { vocabularies: createVocabularies(), form });
  const fold = folds.of('lead');
  const width = folds.columns.names.length;
  const places = new Map<string, number>();
  const rows = Int32Array.from(events, ({ subject }) => {
    if (!places.has(subject)) places.set(subject, places.size);
    return places.get(subject)!;
  });
  const codes = Uint16Array.from(events, ({ type }) => codeOfType(type)!);
  const columns = new Float64Array(events.length * width);
  for (const [i, { data }] of events.entries()) folds.columns.encode(data, columns.subarray(i * width, (i + 1) * width));
  const view = new DataView(new ArrayBuffer(places.size * fold.bytes));
  return { fold, width, rows, codes, columns, view, count: places.size };
}

/** Processor seconds, all threads: what else runs on the machine does not count. */
function processorSeconds(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

function foldRate(features: readonly FeatureSpec[], form: Form): number {
  const { fold, width, rows, codes, columns, view, count } = scalars(features, form);
  return median(Array.from({ length: ROUNDS }, () => {
    for (let row = 0; row < count; row++) fold.init(view, row * fold.bytes);
    const fields = new Float64Array(width);
    return events.length / processorSeconds(() => {
      for (let i = 0; i < rows.length; i++) {
        for (let column = 0; column < width; column++) fields[column] = columns[i * width + column]!;
        fold.fold(view, rows[i]! * fold.bytes, codes[i]!, times[i]!, i, fields);
      }
    });
  }));
}

/** µs, p50 and p99, of one vector as numbers from a row that lies somewhere. */
function vectorTimes(features: readonly FeatureSpec[], form: Form): { p50: number; p99: number } {
  const { fold, width, rows, codes, columns, view, count } = scalars(features, form);
  for (let row = 0; row < count; row++) fold.init(view, row * fold.bytes);
  for (let i = 0; i < rows.length; i++) {
    fold.fold(view, rows[i]! * fold.bytes, codes[i]!, events[i]!.time, i, columns.subarray(i * width, (i + 1) * width));
  }
  const out = new Float64Array(fold.features.length);
  const taken: number[] = [];
  const order = Array.from({ length: 60_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0).map((hash) => hash % count);
  for (const row of order) taken.push(seconds(() => fold.vectorInto(view, row * fold.bytes, now, out)) * 1e6);
  const sorted = taken.slice(10_000).toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length * 0.5)]!, p99: sorted[Math.floor(sorted.length * 0.99)]! };
}

/** µs, of a record with its words and all that it is linked to, from a state in memory. */
function recordTime(): number {
  const state = openMemoryState({ features: DEFAULT_FEATURES });
  const logged = events.slice(0, 40_000).map((event, offset) => Object.assign({}, event, { offset, received: event.time, knownAt: event.time }) as LoggedEvent);
  state.fold(logged);
  const subjects = [...new Set(logged.map(({ subject }) => subject))];
  const taken = Array.from({ length: 20_000 }, (_, i) => seconds(() => state.record(subjects[i % subjects.length]!)?.vector(now)) * 1e6);
  return median(taken.slice(5_000));
}

const own = LEAD_FEATURES.filter(({ kind }) => kind.op !== 'cross');
const kept = compileFolds(DEFAULT_FEATURES);
const rowBytes = (entity: Entity): number => HEADER_BYTES + kept.of(entity).bytes;
const rate = (value: number): string => `${(value / 1e6).toFixed(2)} M`;
const us = ({ p50, p99 }: { p50: number; p99: number }): string => `p50 ${p50.toFixed(2)} µs, p99 ${p99.toFixed(2)} µs`;
process.stdout.write([
  `${events.length} events of ${leads} leads`,
  `bytes of a row: ${ENTITIES.map((entity) => `${entity} ${rowBytes(entity)}`).join(', ')}`,
  ...FORMS.flatMap((form) => [own, LEAD_FEATURES].flatMap((features) => [
    `${form}, ${features.length} features of leads: ${rate(foldRate(features, form))} events folded a processor second`,
    `${form}, ${features.length} features of leads: a vector in ${us(vectorTimes(features, form))}`,
  ])),
  `record with words from a state in memory: p50 ${recordTime().toFixed(1)} µs`,
  '',
].join('\n'));
