/** A condition as a formula: an expression, or what it always is. */
export type Logic = string | boolean;

/** Functions take any number of arguments; one alone needs none of them, and what is settled drops out. */
const joined = (name: 'AND' | 'OR', settles: boolean, parts: readonly Logic[]): Logic => {
  if (parts.includes(settles)) return settles;
  const open = [...new Set(parts.filter((part) => typeof part === 'string'))];
  if (open.length === 0) return !settles;
  return open.length === 1 ? open[0]! : `${name}(${open.join(',')})`;
};

export const both = (...parts: readonly Logic[]): Logic => joined('AND', false, parts);
export const either = (...parts: readonly Logic[]): Logic => joined('OR', true, parts);
export const negated = (part: Logic): Logic => (typeof part === 'boolean' ? !part : `NOT(${part})`);

/** `then` where something is there, else false: nothing is compared with a blank. */
export const unless = (blank: string | null, then: Logic): Logic => {
  if (blank === null || then === false) return then;
  return then === true ? `NOT(${blank})` : `IF(${blank},FALSE,${then})`;
};
