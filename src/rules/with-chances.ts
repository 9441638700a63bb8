import { parseDocument } from 'yaml';
import type { Chances } from './chances.ts';

/** The text of a rules file with other chances and of a version, its comments kept. The text is one that `readRules` takes. */
export function withChances(text: string, { version, chances }: { version: number; chances: Chances }): string {
  const document = parseDocument(text);
  document.set('version', version);
  document.set('chances', document.createNode(chances, { flow: true }));
  return document.toString({ lineWidth: 0 });
}
