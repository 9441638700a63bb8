import type { EventCodec, SubjectId } from '../../events/index.ts';
import type { Generation } from './generation.ts';

const CHUNK = 1_000;

/** The offsets of a subject's events up to the present end, found in chunks that let others work in between. */
export async function scan(
  current: () => Generation,
  codec: EventCodec,
  subject: SubjectId,
): Promise<{ found: number[]; until: number }> {
  const found: number[] = [];
  for (let at = 0; ;) {
    const { events, root } = current();
    const start = at;
    for (const { key, value } of events.getRange({ start, limit: CHUNK })) {
      if (codec.decode(value, key).subject === subject) found.push(key);
      at = key + 1;
    }
    root.resetReadTxn();
    if (at === start) return { found, until: at };
    await new Promise(setImmediate);
  }
}
