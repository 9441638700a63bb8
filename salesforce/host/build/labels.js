import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PACKAGE } from './paths.js';

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const unescape = (text) => text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]);

/** The custom labels of the project: full name → text. */
export async function readLabels(file = join(DEFAULT_PACKAGE, 'labels', 'CustomLabels.labels-meta.xml')) {
  const xml = await readFile(file, 'utf8');
  const labels = [...xml.matchAll(/<labels>([\s\S]*?)<\/labels>/g)].map((match) => match[1]);
  const tag = (body, name) => unescape(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(body)?.[1] ?? '');
  return new Map(labels.map((body) => [tag(body, 'fullName'), tag(body, 'value')]));
}
