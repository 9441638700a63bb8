/** Microseconds a call: median and 99th percentile of groups of ten, to three digits. */
export function latency(call: (i: number) => unknown, calls = 200_000): { p50: number; p99: number } {
  for (let i = 0; i < 20_000; i++) call(i);
  const groups = new Float64Array(calls / 10);
  for (let g = 0; g < groups.length; g++) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < 10; i++) call(10 * g + i);
    groups[g] = Number(process.hrtime.bigint() - started) / 10_000;
  }
  groups.sort();
  return { p50: shown(groups[groups.length >> 1]!), p99: shown(groups[Math.floor(groups.length * 0.99)]!) };
}

/** Milliseconds of one run by the clock, and those that this process's threads computed: the same on a quiet machine. */
export interface Spent {
  wall: number;
  cpu: number;
}

export function spent(run: () => unknown): Spent {
  const started = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
}

/** Million rows a second, by the clock and by the processor's time: medians of fifteen runs after a first. */
export function throughput(run: () => unknown, rows: number): Spent {
  run();
  const { wall, cpu } = medians(Array.from({ length: 15 }, () => spent(run)));
  return { wall: shown(rows / wall / 1000), cpu: shown(rows / cpu / 1000) };
}

export function medians(runs: readonly Spent[]): Spent {
  const median = (values: number[]): number => shown(values.toSorted((a, b) => a - b)[values.length >> 1]!);
  return { wall: median(runs.map(({ wall }) => wall)), cpu: median(runs.map(({ cpu }) => cpu)) };
}

function shown(value: number): number {
  return Number(value.toPrecision(3));
}
