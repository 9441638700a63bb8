/** Texts by text, those that were asked for lately. */
export interface Recent<V extends string> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  clear(): void;
}

/** What an entry takes beside its characters: two strings and a place in a map. */
const ENTRY_BYTES = 110;

/** Two generations: what nobody asked for while the younger one filled up goes. `most` is in bytes, about. */
export function createRecent<V extends string>({ most }: { readonly most: number }): Recent<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  let bytes = 0; // of the young

  const set = (key: string, value: V): void => {
    if (bytes >= most / 2) [old, young, bytes] = [young, new Map(), 0];
    if (!young.has(key)) bytes += ENTRY_BYTES + key.length + value.length;
    young.set(key, value);
  };

  return {
    get(key) {
      const hot = young.get(key);
      if (hot !== undefined) return hot;
      const warm = old.get(key);
      if (warm !== undefined) set(key, warm);
      return warm;
    },
    set,
    clear: () => void ([old, young, bytes] = [new Map(), new Map(), 0]),
  };
}
