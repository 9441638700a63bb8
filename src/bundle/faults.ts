import { Fault } from '../base/index.ts';

/** The fault of a bundle whose file is not what was written. Names the file; quotes nothing of it. */
export function corrupt(file: string, rule: string, cause?: unknown): Fault {
  return new Fault({
    kind: 'corrupt',
    value: file,
    rule,
    remedy: 'restore the bundle from where it came, or fit it again',
    cause,
  });
}

/** The value in a JSON file of a bundle. Throws `corrupt` where it is not UTF-8 or not JSON. */
export function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw corrupt(file, 'it is not JSON'); // without the cause, which quotes the content
  }
}
