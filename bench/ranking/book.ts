import { DAY, HOUR, MINUTE, random, type Random } from '../../src/base/index.ts';
import { decodeBundle, encodeBundle, percentilesOf } from '../../src/bundle/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../../src/events/index.ts';
import { LEAD_FEATURES, valueType, type State } from '../../src/features/index.ts';
import { engine, type LoadedModel } from '../../src/rank/index.ts';
import { createScorer, fit, fitIsotonic, type Column, type Dataset, type Value } from '../../src/trees/index.ts';

export const NOW = Date.UTC(2026, 2, 2, 9);
const INDUSTRIES = ['Energy', 'Retail', 'Health', 'Software', 'Transport'];
const COUNTRIES = ['US', 'CA', 'MX', 'DE'];
const SOURCES = ['Web', 'Webinar', 'Trade Show', 'Referral'];

type Say = (type: string, subject: string, time: number, data?: Record<string, FieldValue>) => void;

export const idOf = (draw: Random): SubjectId => `ld_${Array.from({ length: 20 }, () => draw.below(36).toString(36)).join('')}` as SubjectId;

/** Tells of the leads of an owner over half a year: most are cold, some come back, few are warm. */
export function* bookOf(owner: string, size: number, draw: Random, from: number): Iterable<LoggedEvent> {
  const told: Omit<LoggedEvent, 'offset'>[] = [];
  const say: Say = (type, subject, time, data = {}) => {
    if (time < NOW) told.push({ id: `${owner}${told.length}`, source: 'bench', type, version: 1, subject: subject as SubjectId, time, data, received: time, knownAt: time } as Omit<LoggedEvent, 'offset'>);
  };
  for (let n = 0; n < size; n++) liveOn(idOf(draw), owner, draw, say);
  const sorted = told.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  for (const [at, event] of sorted.entries()) yield Object.assign(event, { offset: from + at }) as LoggedEvent;
}

function liveOn(id: SubjectId, owner: string, draw: Random, say: Say): void {
  const age = 180 * DAY * draw.uniform() ** 0.7;
  const created = NOW - age - MINUTE;
  say('lead.created', id, created, {
    owner, industry: draw.pick(INDUSTRIES), country: draw.pick(COUNTRIES), lead_source: draw.pick(SOURCES),
    employees: Math.round(5 * 2 ** (9 * draw.uniform())), title: draw.pick(['c_level', 'vp', 'director', 'manager', 'staff']),
  });
  const wish = draw.uniform() ** 3;
  for (let time = created; time < NOW; time += draw.exponential((4 + 60 * (1 - wish)) * DAY)) actOnce(id, time, wish, draw, say);
  for (let time = created + draw.exponential(2 * DAY); time < NOW; time += draw.exponential(20 * DAY)) {
    say('call.logged', id, time, { outcome: draw.uniform() < 0.2 + wish / 2 ? 'connected' : 'voicemail', user: owner });
  }
}

/** Something that a lead does of its own accord, and what belongs to it. */
export function actOnce(id: SubjectId, time: number, wish: number, draw: Random, say: Say): void {
  const visits = 1 + draw.below(3);
  for (let n = 0; n < visits; n++) say('web.visited', id, time + n * MINUTE, { page: draw.uniform() < wish ? 'pricing' : 'home', seconds: 10 + draw.below(200) });
  if (draw.uniform() < wish / 3) say('web.form_submitted', id, time + HOUR / 2, { form: 'demo' });
  if (draw.uniform() < wish / 4) say('email.replied', id, time + HOUR, {});
}

/** A model with all lead features, learned on these leads: outcomes by what the features say, so that scores differ as they do. */
export function modelOf(state: State, subjects: readonly SubjectId[], trees = 200): LoadedModel {
  const draw = random(9);
  const rows = subjects.flatMap((id) => state.record(id)?.vector(NOW) ?? []);
  const width = LEAD_FEATURES.length;
  const at = (row: number, name: string): number => Number(rows[row * width + LEAD_FEATURES.findIndex((feature) => feature.name === name)] ?? 0) || 0;
  const count = rows.length / width;
  const labels = Float64Array.from({ length: count }, (_, row) => {
    const pull = -3.2 + 0.5 * at(row, 'web_visits_7d') + 0.7 * at(row, 'forms_30d') + 0.9 * at(row, 'emails_replied_30d') + 0.15 * at(row, 'web_visits_90d') - 0.01 * at(row, 'lead_age_days') + 0.4 * at(row, 'calls_connected_30d');
    return draw.uniform() < 1 / (1 + Math.exp(-pull)) ? 1 : 0;
  });
  const data: Dataset = { rows: count, columns: LEAD_FEATURES.map((feature, column) => columnOf(feature.name, valueType(feature.kind), rows, column, width, count)) };
  const model = fit(data, labels, { seed: 1, trees, depth: 6 });
  const raw = createScorer(model).rawBatch(data);
  const { files } = encodeBundle({
    spec: { kind: 'log', features: [...LEAD_FEATURES] },
    target: { name: 'converted within 30 days', positive: 'converted', entity: 'lead', horizonDays: 30 },
    model,
    calibration: fitIsotonic(raw, labels),
    percentiles: percentilesOf(raw),
    metrics: {},
  });
  return engine.loadModel(decodeBundle(files));
}

function columnOf(name: string, type: 'numeric' | 'categorical', rows: readonly Value[], column: number, width: number, count: number): Column {
  const value = (row: number): Value => rows[row * width + column] ?? null;
  if (type === 'numeric') return { kind: 'numeric', name, values: Float64Array.from({ length: count }, (_, row) => (value(row) as number | null) ?? NaN) };
  const levels = [...new Set(Array.from({ length: count }, (_, row) => value(row)).filter((one) => typeof one === 'string'))].toSorted();
  return { kind: 'categorical', name, levels, codes: Int32Array.from({ length: count }, (_, row) => levels.indexOf(value(row) as string)) };
}
