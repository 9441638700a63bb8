const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** A 15-character Salesforce id with its 3-character suffix: one character for the upper-case pattern of every five. */
export function withSuffix(id15: string): string {
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/u.test(id15[start + i]!)) bits |= 1 << i;
    suffix += SUFFIX[bits]!;
  }
  return id15 + suffix;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

export const userId = (number: number): string => withSuffix(`005SIM${pad(number, 9)}`);

/** A lead is found again by the day it came in (days since 1970) and its number on that day. */
export const leadId = (day: number, index: number): string => withSuffix(`00QSIM${pad(day, 5)}${pad(index, 4)}`);

/** Undefined when the id is not one of this world's leads. */
export function parseLeadId(id: string): { day: number; index: number } | undefined {
  const [, day, index] = /^00QSIM(\d{5})(\d{4})/u.exec(id) ?? [];
  if (day === undefined || index === undefined || leadId(Number(day), Number(index)) !== id) return undefined;
  return { day: Number(day), index: Number(index) };
}
