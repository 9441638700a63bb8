import { hash32 } from '../base/index.ts';

const SALT = 0x5ce3;

/**
 * Whether a subject is in a sample of this share (0 to 1): by a hash of its id, so that every run looks at the same subjects,
 * with all that was decided about them, and a larger share holds every smaller one.
 */
export const sampled =
  (share: number) =>
  (subject: string): boolean =>
    hash32(subject, SALT) < share * 2 ** 32;
