// Finds Chromium for the browser tests, and installs Debian's where it is missing and may be installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium, or a sentence that says why there is none. */
export function chromium() {
  const found = () => [process.env.LEADRANK_CHROMIUM, ...CANDIDATES].find((path) => path && existsSync(path));
  if (found()) return { path: found() };
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    return { missing: 'no Chromium found: install one, or name it in LEADRANK_CHROMIUM' };
  }
  if (process.getuid?.() !== 0) return { missing: 'no Chromium, and installing it needs root: sudo apt-get install chromium' };
  process.stderr.write('setup: Chromium from Debian, for the browser tests …\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', 'chromium']]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status !== 0) return { missing: `apt-get ${args[0]} ended with ${status}: ${stderr.trim().split('\n').at(-1)}` };
  }
  return found() ? { path: found() } : { missing: 'Debian installed no Chromium where one is expected' };
}
