/** A text as a formula writes it. Null where a formula cannot: it has no line breaks or control characters. */
export function textLiteral(text: string): string | null {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return null;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const LARGEST = 1e15;

/** A number as a formula writes it: decimal, without an exponent. Null where it has more digits than Salesforce keeps. */
export function numberLiteral(value: number): string | null {
  if (!Number.isFinite(value) || Math.abs(value) >= LARGEST) return null;
  const text = String(value === 0 ? 0 : value);
  if (!text.includes('e')) return text;
  const fixed = value.toFixed(20).replace(/0+$/u, '');
  return Number(fixed) === value && fixed.length <= 20 ? fixed : null;
}
