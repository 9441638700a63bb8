// Time from `npm start` on a fresh clone to a usable page, cold (nothing installed) and warm (second start).
// Usage: node bench/start.mjs [RUNS]. Clones HEAD into a temporary folder; prints seconds, one line a start.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const runs = Number(process.argv[2] ?? 1);
const root = resolve(import.meta.dirname, '..');

/** Seconds until the page answers with a worklist, as a rep's browser would ask for it. */
async function start(folder) {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const address = await new Promise((found, fail) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const match = /http:\/\/\S+/.exec(text);
      if (match) found(match[0]);
    });
    child.on('exit', (code) => fail(new Error(`npm start ended with ${code} before it printed an address`)));
  });
  const base = new URL(address).origin;
  const users = await (await fetch(`${base}/local/users`)).json();
  const rep = users.find(({ role }) => role === 'rep');
  const answer = await fetch(`${base}/apex/LeadRankController/getWorklist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-leadrank-user': rep.id },
    body: JSON.stringify({ maxItems: 20 }),
  });
  const { items, level } = await answer.json();
  const seconds = (performance.now() - began) / 1000;
  process.kill(-child.pid, 'SIGINT'); // to the whole group, as a terminal does
  await new Promise((ended) => child.on('exit', ended));
  return { seconds: Number(seconds.toFixed(1)), items: items.length, level };
}

for (let run = 1; run <= runs; run++) {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', root, folder]);
    process.stdout.write(`${JSON.stringify({ run, start: 'cold', ...(await start(folder)) })}\n`);
    process.stdout.write(`${JSON.stringify({ run, start: 'warm', ...(await start(folder)) })}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
