import { createHead, type Head } from './code.ts';

/** What `now` alone decides, for all rows that a function reads. */
export interface Moments extends Head {
  /** As `RowCode.late`. */
  late(expression: string): string;
}

export function createMoments(): Moments {
  const head = createHead('n');
  const late = new Map<string, string>();
  return {
    once: (expression) => head.once(expression),
    late(expression) {
      const name = late.get(expression) ?? `l${late.size}`;
      late.set(expression, name);
      return `(${name} === ${name} ? ${name} : (${name} = ${expression}))`;
    },
    lines: () => [...head.lines(), ...[...late.values()].map((name) => `let ${name} = NaN;`)],
  };
}
