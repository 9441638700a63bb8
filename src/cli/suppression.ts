import { Gauge, type Registry } from 'prom-client';
import type { SuppressionList } from '../cell/index.ts';

/** How many are kept out; what is refused of them counts among the events at the gate. */
export const watchSuppression = (registry: Registry, suppressed: SuppressionList): Gauge =>
  new Gauge({
    name: 'leadrank_suppressed_ids',
    help: 'Outside ids that were erased and are kept out',
    registers: [registry],
    collect() {
      this.set(suppressed.count());
    },
  });
