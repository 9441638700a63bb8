/** A pure function of a text that remembers its answers: for the few texts that come again with every event, such as their types. */
export function perText<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text)!;
    const fresh = answer(text);
    if (known.size < MOST) known.set(text, fresh);
    return fresh;
  };
}

const MOST = 1_000;
