import type { Entity } from '../spec.ts';
import { createMoments } from './moments.ts';
import { rowCode, type RowText } from './row-code.ts';
import { FEWEST_REPS, type Linked, type Reading } from '../reading.ts';

/** Writes the values of some features of a row, and of those that it is linked to, into `out` from `at` on. */
export type ReadInto = (view: DataView, base: number, now: number, linked: Linked, out: Float64Array, at: number) => void;

/** The text of a `ReadInto` that comes to what the readings do, one after the other. */
export function vectorText(readings: readonly Reading[]): string {
  const moments = createMoments();
  const own = rowCode(moments, { prefix: 'o', view: 'view', base: 'base' });
  const sections = new Map<Entity, Section>();
  const lines: string[] = [];
  for (const [i, { linked, write }] of readings.entries()) {
    if (linked === null) lines.push(`out[at + ${i}] = ${write(own, own)};`);
    else {
      const section = sections.get(linked) ?? sectionOf(linked, rowCode(moments, { prefix: `${linked}_`, view: `${linked}View`, base: `${linked}Base` }));
      sections.set(linked, section);
      section.outs.push(`out[at + ${i}]`);
      section.values.push(write(own, section.row));
    }
  }
  const linkedLines = [...sections.values()].map((section) => textOf(section));
  return `function readVector(view, base, now, linked, out, at) {\n${[...moments.lines(), ...own.lines(), ...lines, ...linkedLines].join('\n')}\n}`;
}

interface Section {
  readonly entity: Entity;
  readonly row: RowText;
  readonly outs: string[];
  readonly values: string[];
}

const sectionOf = (entity: Entity, row: RowText): Section => ({ entity, row, outs: [], values: [] });

/** What is read of a linked row; of one that is not there, or a team that is too small, everything is missing. */
function textOf({ entity, row, outs, values }: Section): string {
  const isMissing = `${entity} === undefined${entity === 'owner' ? ` || (owner.reps ?? 0) < ${FEWEST_REPS}` : ''}`;
  return `const ${entity} = linked.${entity};
  if (${isMissing}) { ${outs.map((out) => `${out} = NaN;`).join(' ')} }
  else {
    const ${entity}View = ${entity}.view, ${entity}Base = ${entity}.base;
    ${[...row.lines(), ...outs.map((out, i) => `${out} = ${values[i]};`)].join('\n    ')}
  }`;
}
