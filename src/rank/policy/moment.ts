import { Fault, quote, type Form } from '../../base/index.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})?)?$/u;

/** A time as ISO 8601 writes it, or in ms; a date alone is its beginning, and a time without a zone one of UTC. null is null. */
export const moment: Form<number | null> = (value, path, before) => {
  if (value === undefined && before !== undefined) return before;
  if (value === null) return null;
  const ms = typeof value === 'string' && ISO.test(value) ? Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$|^[^T]*$/u.test(value) ? value : `${value}Z`) : value;
  if (typeof ms === 'number' && Math.abs(ms) <= 8.64e15) return ms;
  throw new Fault({
    kind: 'input',
    value: `${path}: ${value === undefined ? 'nothing' : quote(value)}`,
    rule: 'is no time',
    remedy: 'write it as 2026-12-24 or 2026-12-24T12:00Z',
  });
};
