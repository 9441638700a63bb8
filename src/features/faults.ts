import { Fault, quote } from '../base/index.ts';

/** What is wrong with a declaration: the value, the rule and the remedy. */
export const fault = (value: unknown, rule: string, remedy: string): Fault =>
  new Fault({ kind: 'input', value: quote(value), rule, remedy });

export function oneOf(name: string, part: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) throw fault(value, `${part} of ${name} is not known`, `use ${allowed.join(' or ')}`);
}

export function text(name: string, part: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw fault(value, `${part} of ${name} is a text`, 'fill it in');
}

export function texts(name: string, part: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === 'string')) {
    throw fault(value, `${part} of ${name} is a list of texts`, 'name at least one');
  }
}
