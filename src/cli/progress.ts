import type { Writable } from 'node:stream';

export interface Step {
  /** Shows how far the step is, e.g. `120,000 of 148,211 events`. */
  update(detail: string): void;
}

const REDRAW_MS = 100;

/** Runs one step of a longer job and shows its name, how far it is and its time, on standard error. Returns its result. */
export async function step<T>(label: string, work: (step: Step) => T | Promise<T>, out: Writable & { isTTY?: boolean } = process.stderr): Promise<T> {
  const started = Date.now();
  let drawn = 0;
  const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const line = (text: string): void => {
    out.write(out.isTTY ? `\r\u001B[2K${text}` : '');
  };
  line(`  ${label} …`);
  try {
    const result = await work({
      update: (detail) => {
        if (Date.now() - drawn < REDRAW_MS) return;
        drawn = Date.now();
        line(`  ${label} … ${detail}`);
      },
    });
    out.write(`${out.isTTY ? '\r\u001B[2K' : ''}✓ ${label} (${seconds()})\n`);
    return result;
  } catch (error) {
    out.write(`${out.isTTY ? '\r\u001B[2K' : ''}✗ ${label} (${seconds()})\n`);
    throw error;
  }
}
