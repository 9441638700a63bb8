// The part of the page that we write: the components of force-app and the frame around them.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import lwc from '@lwc/rollup-plugin';
import { DIST, HOST, HOST_MODULES, LWC, ROOT } from './paths.js';
import { constants, virtual } from './plugins.js';
import { readLabels } from './labels.js';
import { vendorFile } from './vendor.js';

/** Every source of the page, as `{ path, text }`; tests are left out. */
export async function appModules() {
  const files = [];
  for (const root of [LWC, HOST_MODULES]) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile() && /\.(js|html)$/.test(path) && !path.includes('__tests__')) files.push(path);
    }
  }
  return Promise.all(files.sort().map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

/** Writes dist/app.js; what the vendor bundle holds stays an import from there. */
export async function buildApp({ components }) {
  const labels = await readLabels();
  const external = new Set(['lwc', '@lwc/synthetic-shadow', ...components]);
  const bundle = await rollup({
    input: join(HOST, 'main.js'),
    external: (id) => external.has(id),
    plugins: [
      glue(labels),
      lwc({
        rootDir: ROOT,
        modules: [{ dir: HOST_MODULES }, ...(await componentsOf(LWC, 'c'))],
        enableDynamicComponents: true,
        enableLwcOn: true,
      }),
      constants(),
    ],
  });
  const paths = (id) => (external.has(id) ? `./${vendorFile(id)}` : id);
  await bundle.write({ file: join(DIST, 'app.js'), format: 'es', sourcemap: true, paths });
  await bundle.close();
}

/** An sfdx project keeps its components in one flat folder; the engine wants them under a namespace. */
async function componentsOf(dir, namespace) {
  const names = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => ({ name: `${namespace}/${name}`, path: join(dir, name, `${name}.js`) }));
}

/** What an org injects: Apex methods, labels, the user, the locale, navigation and toasts. */
function glue(labels) {
  const local = (file) => join(HOST, 'glue', file);
  const shims = {
    '@salesforce/apex': local('apex.js'),
    '@salesforce/user/Id': local('user.js'),
    'lightning/messageService': local('messages.js'),
    'lightning/navigation': local('navigation.js'),
    'lightning/platformShowToastEvent': local('toast.js'),
  };
  const values = {
    '@salesforce/client/formFactor': "export default innerWidth < 768 ? 'Small' : 'Large';",
    '@salesforce/i18n/locale': "export default 'en-US';",
    '@salesforce/i18n/timeZone': 'export default Intl.DateTimeFormat().resolvedOptions().timeZone;',
  };
  const generated = virtual({
    id: /^@salesforce\/(apex\/|label\/c\.|messageChannel\/|schema\/|client\/|i18n\/)/,
    code: (id) => {
      if (id in values) return values[id];
      if (id.startsWith('@salesforce/label/c.')) return labelModule(labels, id.slice('@salesforce/label/c.'.length));
      if (id.startsWith('@salesforce/apex/')) return apexModule(local('apex.js'), id.slice('@salesforce/apex/'.length));
      if (id.startsWith('@salesforce/messageChannel/')) return `export default ${JSON.stringify(id)};`;
      if (id.startsWith('@salesforce/schema/')) return schemaModule(id.slice('@salesforce/schema/'.length));
      throw new Error(`module ${id}: the local page provides none; add it to host/build/app.js`);
    },
  });
  return {
    ...generated,
    name: 'glue',
    resolveId: (id) => shims[id] ?? generated.resolveId(id),
  };
}

function labelModule(labels, name) {
  if (!labels.has(name)) throw new Error(`label ${name}: not in CustomLabels.labels-meta.xml; add it there`);
  return `export default ${JSON.stringify(labels.get(name))};`;
}

function apexModule(runtime, path) {
  const [className, method] = path.split('.');
  return `import { apexMethod } from ${JSON.stringify(runtime)};
export default apexMethod(${JSON.stringify(className)}, ${JSON.stringify(method)});`;
}

function schemaModule(path) {
  const [object, ...field] = path.split('.');
  const token = field.length > 0 ? { objectApiName: object, fieldApiName: field.join('.') } : { objectApiName: object };
  return `export default ${JSON.stringify(token)};`;
}
