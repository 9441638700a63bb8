import { expect, it } from 'vitest';
import { lateBySource, readPosition, startPosition, writePosition, type Position } from './position.ts';
import type { Table } from './store.ts';

function memoryTable(): Table {
  const rows = new Map<string, Uint8Array>();
  return { get: (key) => rows.get(key), put: (key, bytes) => void rows.set(key, bytes), remove: (key) => void rows.delete(key) };
}

const saying = (position: object): Table => {
  const meta = memoryTable();
  writePosition(meta, position as Position);
  return meta;
};

it('is read as it was written', () => {
  const position = { ...startPosition('layout', 2), champions: { opportunity: 'b2' } };
  expect(readPosition(saying(position))).toEqual(position);
  expect(readPosition(memoryTable())).toBeUndefined();
});

it('takes the one champion of an older release for that of leads', () => {
  const { champions: _, ...older } = startPosition('layout', 0);
  expect(readPosition(saying({ ...older, champion: 'b1' }))!.champions).toEqual({ lead: 'b1' });
  expect(readPosition(saying({ ...older, champion: null }))!.champions).toEqual({});
});

it('adds up late events by the feed that brought them, also those that an older release counted', () => {
  const position = startPosition('layout', 0);
  expect(lateBySource(position)).toEqual({});
  expect(lateBySource({ ...position, counts: { ...position.counts, late: 3 }, late: { web: 2, erp: 1 } })).toEqual({ web: 2, erp: 1 });
  const { late: _, ...older } = position;
  expect(lateBySource({ ...older, counts: { ...older.counts, late: 3 } })).toEqual({ unknown: 3 });
});
