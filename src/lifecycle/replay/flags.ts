import { catalogue } from '../../events/index.ts';

const MOST_CODES = 2 ** 16;

/** 1 at the codes of the types for which `test` holds. */
export function flagsOf(test: (code: number) => boolean): Uint8Array {
  const flags = new Uint8Array(MOST_CODES);
  for (const { code } of catalogue.types) flags[code] = Number(test(code));
  return flags;
}
