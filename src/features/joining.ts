import type { LoggedEvent } from '../events/index.ts';

/** Types that say which subjects are one, as `createJoins` hears them. */
export const JOINING: ReadonlySet<string> = new Set(['record.merged', 'link.visitor', 'link.removed']);

/** The fields in which they name the others. */
export const JOINED = ['loser', 'lead', 'contact'] as const;

/** The subjects that such an event ties to its own. */
export const tiedBy = ({ data }: Pick<LoggedEvent, 'data'>): string[] => JOINED.map((field) => data[field]).filter((id) => typeof id === 'string');
