const LATEST = 999_999_999_999_999;

/** A time, ms, as text that ascends as times do. */
export const oldestFirst = (time: number): string => String(Math.min(LATEST, Math.max(0, Math.floor(time)))).padStart(15, '0');

/** A time, ms, as text that ascends as times fall. */
export const newestFirst = (time: number): string => oldestFirst(LATEST - time);
