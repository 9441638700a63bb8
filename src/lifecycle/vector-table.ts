import { valueType, type FeatureSpec } from '../features/index.ts';
import type { Column, Dataset, Value } from '../trees/index.ts';

/** A table that grows by one feature vector at a time. */
export interface VectorTable {
  add(vector: readonly Value[]): void;
  finish(): Dataset;
}

/** Collects vectors into columns. Levels are numbered in the order of their first row. */
export function createVectorTable(features: readonly FeatureSpec[]): VectorTable {
  const columns = features.map(({ name, kind }) => ({ name, type: valueType(kind), values: [] as number[], levels: new Map<string, number>() }));
  let rows = 0;
  return {
    add(vector) {
      rows += 1;
      for (const [i, { type, values, levels }] of columns.entries()) {
        const value = vector[i] ?? null;
        if (type === 'numeric') {
          values.push(typeof value === 'number' ? value : NaN);
          continue;
        }
        const level = value === null ? null : String(value);
        if (level !== null && !levels.has(level)) levels.set(level, levels.size);
        values.push(level === null ? -1 : levels.get(level)!);
      }
    },
    finish: () => ({
      rows,
      columns: columns.map(({ name, type, values, levels }): Column =>
        type === 'numeric'
          ? { kind: 'numeric', name, values: Float64Array.from(values) }
          : { kind: 'categorical', name, levels: [...levels.keys()], codes: Int32Array.from(values) }),
    }),
  };
}
