/** @jest-environment node */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const PACKAGE = join(__dirname, '../force-app/main/default');

function filesUnder(dir, pattern) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === '__tests__' ? [] : filesUnder(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

const xml = readFileSync(join(PACKAGE, 'labels/CustomLabels.labels-meta.xml'), 'utf8');
const defined = [...xml.matchAll(/<fullName>(\w+)<\/fullName>/g)].map((match) => match[1]);
const sources = filesUnder(join(PACKAGE, 'lwc'), /\.js$/).map((path) => readFileSync(path, 'utf8')).join('\n');
const used = [...sources.matchAll(/@salesforce\/label\/c\.(\w+)/g)].map((match) => match[1]);
const templates = filesUnder(join(PACKAGE, 'lwc'), /\.html$/)
  .map((path) => [basename(path), readFileSync(path, 'utf8')]);

describe('labels', () => {
  it('are each defined once', () => {
    expect(defined.length).toBeGreaterThan(50);
    expect(new Set(defined).size).toBe(defined.length);
  });

  it('are all used, and all used ones exist', () => {
    expect([...new Set(used)].sort()).toEqual([...defined].sort());
  });

  it('are each read by a component, not only imported', () => {
    const rooms = [...sources.matchAll(/^export const (\w+) = \{\n([^}]*)\};/gm)];
    const text = sources + templates.map(([, template]) => template).join('\n');
    // Two rooms are looked up by a code of the service, so their names stand in the code as they are.
    const reads = (room, name) => new RegExp(`\\b${room}\\.${name}\\b`).test(text)
      || (['leftOut', 'source'].includes(room) && new RegExp(`\\b${name}\\b`).test(text));
    const unread = rooms.flatMap(([, room, body]) => body.split(',').map((name) => name.trim()).filter(Boolean)
      .filter((name) => !reads(room, name)).map((name) => `${room}.${name}`));
    expect(rooms.length).toBeGreaterThan(10);
    expect(unread).toEqual([]);
  });

  it.each(templates)('%s holds no literal words', (name, template) => {
    const text = template.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, ' ').replace(/\{[\w.]+\}/g, ' ');
    expect(text.replace(/[·\s]/g, '')).toBe('');
    expect(template).not.toMatch(/\s(?:title|label|alternative-text|aria-label|placeholder)="[^"]+"/);
  });

  it('name no colour in a style sheet', () => {
    for (const path of filesUnder(join(PACKAGE, 'lwc'), /\.css$/)) {
      const css = readFileSync(path, 'utf8');
      expect([path, css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl/gi)]).toEqual([path, null]);
    }
  });
});
