/**
 * The text of a function under way. What the statements name lies before them: each value once, however many ask for it.
 * Texts may use the parameters of the function, `library.ts` and what stands here.
 */
export interface Code {
  /** The name of the value of an expression. */
  once(expression: string): string;
}

/** A code and the lines that it has come to. */
export interface Head extends Code {
  lines(): readonly string[];
}

/** Names begin with `prefix`, which no other head that is in sight has. */
export function createHead(prefix: string): Head {
  const names = new Map<string, string>();
  return {
    once(expression) {
      let name = names.get(expression);
      if (name === undefined) names.set(expression, (name = `${prefix}${names.size}`));
      return name;
    },
    lines: () => [...names].map(([expression, name]) => `const ${name} = ${expression};`),
  };
}

/** One event, by the names that its parts have in a text. */
export interface Adding {
  /** Where the region begins in the row. */
  readonly at: number;
  readonly time: string;
  readonly tie: string;
  readonly value: string;
}

/** A row that a text reads. */
export interface RowCode extends Code {
  /** The name of its view. */
  readonly view: string;
  /** The expression of a place in it. */
  place(at: number): string;
  /** The name of a value that `now` alone decides: all rows share it. */
  moment(expression: string): string;
  /** As `moment`, of what takes long: an expression that computes it when it is first needed. */
  late(expression: string): string;
  /** The name of the sum over a ring of counts, for a window of so many tiles. */
  over(ring: CountRing, window: number): string;
}

/** A ring whose tiles are whole numbers, in a row. */
export interface CountRing {
  readonly at: number;
  readonly tile: number;
  readonly tiles: number;
  /** Bytes of a tile. */
  readonly size: 1 | 2 | 4;
}
