// SLDS, pruned to what the page can show: a full copy would be a megabyte.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postcss from 'postcss';
import { DIST, HOST, ROOT } from './paths.js';

const SLDS = 'node_modules/@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.css';

/** Writes dist/slds.css with the rules whose classes the built page mentions. */
export async function buildStyles() {
  const corpus = await builtText();
  const sheet = postcss.parse(await readFile(join(ROOT, SLDS), 'utf8'));
  const known = new Map();
  // A modifier may be put together at run time (`slds-icon_` + size), so its block's name is enough to keep it.
  const mentioned = (name) => {
    if (!known.has(name)) known.set(name, corpus.has(name) || corpus.has(name.replace(/_[a-z0-9-]+$/, '_')));
    return known.get(name);
  };
  const reachable = (selector) => (selector.match(/\.slds-[\w-]+/g) ?? []).every((name) => mentioned(name.slice(1)));
  sheet.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes$/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter(reachable);
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  sheet.walkDecls((decl) => void (/url\(["']?\.\./.test(decl.value) && decl.remove()));
  sheet.walkComments((comment) => void (comment.text.startsWith('!') || comment.remove()));
  sheet.walkAtRules((rule) => void (rule.nodes?.length === 0 && rule.remove()));
  dropUnusedVariables(sheet, corpus.text);
  await writeFile(join(DIST, 'slds.css'), sheet.toString().replace(/\n\s*/g, '\n'));
}

/** Removes custom properties that nothing reads. */
function dropUnusedVariables(sheet, text) {
  const used = new Set(text.match(/--slds-[\w-]+/g));
  let before = -1;
  while (before !== used.size) {
    before = used.size;
    sheet.walkDecls((decl) => {
      if (decl.prop.startsWith('--') && !used.has(decl.prop)) return;
      for (const name of decl.value.match(/--[\w-]+/g) ?? []) used.add(name);
    });
  }
  sheet.walkDecls(/^--/, (decl) => void (used.has(decl.prop) || decl.remove()));
  sheet.walkRules((rule) => void (rule.nodes.length === 0 && rule.remove()));
}

/** The class names that the built page holds, and its text. */
async function builtText() {
  const files = (await readdir(join(DIST, 'vendor'))).filter((name) => name.endsWith('.js'))
    .map((name) => join(DIST, 'vendor', name));
  const statics = (await readdir(join(HOST, 'static'))).map((name) => join(HOST, 'static', name));
  const all = [join(DIST, 'app.js'), ...files, ...statics];
  const text = (await Promise.all(all.map((file) => readFile(file, 'utf8')))).join('\n');
  const names = new Set(text.match(/slds-[\w-]+/g));
  return { text, has: (name) => names.has(name) };
}
