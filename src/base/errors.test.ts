import { describe, expect, it, vi } from 'vitest';
import { Fault, quote } from './errors.ts';

const PARTS = { kind: 'input' as const, value: 'border count 300', rule: 'exceeds 254', remedy: 'lower --borders' };

describe('Fault', () => {
  it('says value, rule and remedy in one line', () => {
    expect(new Fault(PARTS).message).toBe('border count 300: exceeds 254; lower --borders');
  });

  it('is one when a second copy of the code made it, and nothing else is', async () => {
    vi.resetModules();
    const copy = await import('./errors.ts');
    expect(copy.Fault).not.toBe(Fault);
    expect(new copy.Fault(PARTS)).toBeInstanceOf(Fault);
    for (const other of [new Error('x'), { ...new Error('x') }, null, undefined, 'Fault']) {
      expect((other as unknown) instanceof Fault).toBe(false);
    }
  });
});

describe('quote', () => {
  it('keeps an error on one line and short', () => {
    expect(quote('a\nb')).toBe('"a�b"');
    expect(quote('x'.repeat(99), 4)).toBe('"xxxx…"');
  });
});
