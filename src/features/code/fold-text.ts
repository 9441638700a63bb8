import type { Step } from '../plan.ts';
import { createHead, type Adding, type Code } from './code.ts';

/** What an event of one type, by its code, does to a row. */
export type Add = (view: DataView, base: number, time: number, tie: number, fields: ArrayLike<number>) => void;

/** The text of an `Add` that does what `run` does with these steps. */
export function addText(steps: readonly Step[], code: number): string {
  const head = createHead('v');
  const groups = new Map<string, string[]>();
  for (const step of steps) {
    const { conditions, adding } = partsOf(head, step, code);
    const condition = conditions.join(' && ');
    groups.set(condition, [...(groups.get(condition) ?? []), step.accumulator.write(head, adding)]);
  }
  const body = [...groups].map(([condition, statements]) => (condition === '' ? statements.join('\n') : `if (${condition}) {\n${statements.join('\n')}\n}`));
  return `function add${code}(view, base, time, tie, fields) {\n${[...head.lines(), ...body].join('\n')}\n}`;
}

function partsOf(head: Code, { at, field, typed, where, day }: Step, code: number): { conditions: string[]; adding: Adding } {
  const conditions: string[] = [];
  const column = (place: number): string => head.once(`fields[${place}]`);
  const value = typed ? String(code) : field < 0 ? '1' : column(field);
  if (!typed && field >= 0) conditions.push(`${value} === ${value}`);
  if (where !== null) {
    const held = column(where.field);
    conditions.push(where.codes === null ? `${held} > -Infinity` : head.once(where.codes.map((word) => `${held} === ${word}`).join(' || ')));
  }
  if (day === null) return { conditions, adding: { at, time: 'time', tie: 'tie', value } };
  const time = column(day.day);
  conditions.push(`${time} > -Infinity`);
  return { conditions, adding: { at, time, tie: head.once(`dayTie(${column(day.available)} - ${time})`), value } };
}
