// How fast the simulated world tells, and in how much memory. Usage: node bench/world/generate.ts [LEADS_A_DAY] [DAYS].
// Prints one line of JSON a stretch of thirty days: events and processor time of the stretch, open lives and heap at its end.
import { DAY } from '../../src/base/index.ts';
import { world } from '../../src/sandbox/index.ts';

const STRETCH_DAYS = 30;
const [leadsPerDay = 1_000, days = 180] = process.argv.slice(2).map(Number);
const start = Date.UTC(2026, 0, 5);
const simulated = world({ seed: 1, start, leadsPerDay, reps: Math.max(24, Math.round(leadsPerDay / 2)) });

for (let from = 0; from < days; from += STRETCH_DAYS) {
  const to = Math.min(days, from + STRETCH_DAYS);
  const before = process.cpuUsage();
  let events = 0;
  for (const event of simulated.deliveries(start + from * DAY, start + to * DAY)) events += Number(event.at > 0);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  process.stdout.write(`${JSON.stringify({
    days: to, leads: leadsPerDay * to, events, seconds: Number(seconds.toFixed(1)), eventsPerSecond: Math.round(events / seconds),
    open: simulated.open(), heapMB: Math.round(heap() / 1e6),
  })}\n`);
}

/** Bytes that are in use, as exactly as can be said: after a collection where the collector is exposed. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
