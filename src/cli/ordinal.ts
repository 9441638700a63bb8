import { InvalidArgumentError } from 'commander';

/** For each ordered column its levels, lowest first. */
export type Orders = Readonly<Record<string, readonly string[]>>;

/**
 * `size=small<medium<large`: a column and its levels, lowest first. What holds a mark of this grammar stands in double
 * quotes, doubled inside: `"a=b"="<1"<"1 to 5"`. The flag is given once a column. Throws what commander tells as a usage
 * error.
 */
export function ordinalOf(text: string, before: Orders = {}): Orders {
  const words = wordsOf(text);
  const [name, equals, ...rest] = words;
  const levels = rest.filter((_, i) => i % 2 === 0).map((word) => word.text);
  const isFormed =
    name?.kind === 'text' &&
    equals?.kind === '=' &&
    rest.length % 2 === 1 &&
    rest.every((word, i) => word.kind === (i % 2 === 0 ? 'text' : '<'));
  if (!isFormed) throw new InvalidArgumentError('a column and its levels, lowest first, are needed: size=small<medium<large.');
  if (levels.length < 2) throw new InvalidArgumentError('an order has at least two levels: size=small<large.');
  const twice = levels.find((level, i) => levels.indexOf(level) !== i);
  if (twice !== undefined) throw new InvalidArgumentError(`the level “${twice}” stands there twice.`);
  if (Object.hasOwn(before, name.text)) throw new InvalidArgumentError(`“${name.text}” has an order already.`);
  return { ...before, [name.text]: levels };
}

/** The order as it was said, to say again. */
export function ordinalText(name: string, levels: readonly string[]): string {
  return `${quoted(name)}=${levels.map(quoted).join('<')}`;
}

interface Word {
  kind: 'text' | '=' | '<' | 'other';
  text: string;
}

const WORD = /\s*(?:"((?:[^"]|"")*)"|([=<])|([^=<"]+))\s*/y;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (!match) return [{ kind: 'other', text }];
    const [whole, inQuotes, mark, plain] = match;
    at += whole.length;
    if (mark !== undefined) words.push({ kind: mark as '=' | '<', text: mark });
    else words.push({ kind: 'text', text: inQuotes?.replaceAll('""', '"') ?? plain!.trim() });
  }
  return words;
}

function quoted(text: string): string {
  return /^[^=<"\s](?:[^=<"]*[^=<"\s])?$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
