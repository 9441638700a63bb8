import { Counter, Gauge, type Registry } from 'prom-client';
import type { StateOfLog } from '../features/index.ts';
import type { GrowthOptions } from './growth.ts';

/** Metrics of the growth of a state, and whom it tells of what comes of it. */
export function watchGrowth(registry: Registry, progress: StateOfLog['progress']): Required<Pick<GrowthOptions, 'onFailure' | 'onGrown'>> {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({ name, help, registers, collect() {
      this.set(read());
    } });
  gauge('leadrank_growth_running', '1 while features of a stored model are folded beside the state that serves', () => Number(progress() !== null));
  gauge('leadrank_growth_progress_ratio', 'How much of the log is folded by now with features of a stored model, 0 to 1; 0 while none are being folded', () => progress() ?? 0);
  const seconds = new Gauge({ name: 'leadrank_growth_seconds', help: 'How long folding features of a stored model took, the last time that it succeeded', registers });
  const failures = new Counter({ name: 'leadrank_growth_failures_total', help: 'How often folding features of a stored model failed; it is tried again', registers });
  return { onFailure: () => failures.inc(), onGrown: (took) => seconds.set(took / 1_000) };
}
