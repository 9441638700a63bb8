/** The memory of a value that can be handed to another thread, rather than copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) found.add(part.buffer as ArrayBuffer);
    else if (Array.isArray(part)) {
      if (typeof part[0] === 'object') part.forEach(look);
    } else if (part !== null && typeof part === 'object' && !(part instanceof Map)) Object.values(part).forEach(look);
  };
  look(value);
  return [...found];
}
