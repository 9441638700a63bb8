import type { Accumulator } from './accumulator.ts';
import { getTime, NEVER, setTime, storing, TIME_BYTES } from './stamp.ts';

/** The newest or oldest time. Layout: time. */
export function moment(keep: 'newest' | 'oldest'): Accumulator {
  const add = (view: DataView, at: number, time: number): void => {
    const held = getTime(view, at);
    if (held === NEVER || (keep === 'newest' ? time > held : time < held)) setTime(view, at, time);
  };
  return {
    bytes: TIME_BYTES,
    init: (view, at) => setTime(view, at, NEVER),
    add,
    write(code, { at, time }) {
      const place = `base + ${at}`;
      const { stored, set } = storing(code, time);
      const isBetter = keep === 'newest' ? `held < ${stored}` : `held === 0 || held > ${stored}`;
      return `{ const held = getStored(view, ${place}); if (${isBetter}) { ${set(place)} } }`;
    },
    merge(view, at, other, from) {
      const time = getTime(other, from);
      if (time !== NEVER) add(view, at, time);
    },
  };
}
