import { describe, expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { count, from, of, sequence, since } from './builder.ts';
import { compileFolds } from './folds.ts';

const [lead, deal] = [of('lead'), of('opportunity')];
const said = { theme: 'engagement', source: 'web', sentence: '{n}' };
const EVENTS = ['web.visited', 'web.form_submitted'];
const last = lead('last_deed', sequence(EVENTS, 0), said);
const silent = lead('silence', since(EVENTS), said);

describe('the regions of a row', () => {
  it('are one for what came last and for when that was, in every row that keeps either', () => {
    const folds = compileFolds([last, silent, deal('buyer_silence', from('contact', since(EVENTS.toReversed())), said)]);
    expect((['lead', 'contact', 'visitor'] as const).map((entity) => folds.of(entity).regions.length)).toEqual([1, 1, 1]);
    const keys = new Set((['lead', 'contact', 'visitor'] as const).flatMap((entity) => folds.of(entity).regions.map(({ key }) => key)));
    expect(keys.size).toBe(1);
  });

  it('hold a moment alone where nothing asks what came last', () => {
    expect(compileFolds([silent]).of('lead').bytes).toBe(6);
    expect(compileFolds([last, lead('visits', count(EVENTS), said)]).of('lead').regions).toHaveLength(2);
  });

  it('tell when something came last as they do apart', () => {
    const now = Date.UTC(2026, 0, 5);
    const values = [[silent], [last, silent]].map((features) => {
      const folds = compileFolds(features);
      const fold = folds.of('lead');
      const row = new DataView(new ArrayBuffer(fold.bytes));
      fold.init(row, 0);
      const codes = [...Array.from({ length: 400 }).keys()].filter((code) => fold.hears(code));
      for (const [i, code] of codes.entries()) fold.fold(row, 0, code, now - (i + 1) * DAY, 7, new Float64Array(folds.columns.names.length).fill(NaN));
      const out = new Float64Array(features.length);
      fold.vectorInto(row, 0, now, out);
      return out.at(-1);
    });
    expect(values).toEqual([1, 1]);
  });
});
