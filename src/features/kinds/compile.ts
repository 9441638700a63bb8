import type { FeatureKind } from '../spec.ts';
import { calendar } from './calendar.ts';
import { change } from './change.ts';
import { count } from './count.ts';
import { daily } from './daily.ts';
import { decayed } from './decayed.ts';
import { distinct } from './distinct.ts';
import { elapsed } from './elapsed.ts';
import { max, min } from './extreme.ts';
import { fallen } from './fallen.ts';
import { first } from './first.ts';
import type { Kind, Scope } from './kind.ts';
import { latest } from './latest.ts';
import { localTime } from './local-time.ts';
import { mean } from './mean.ts';
import { ratio } from './ratio.ts';
import { sequence } from './sequence.ts';
import { since } from './since.ts';
import { standing } from './standing.ts';
import { sum } from './sum.ts';
import { trend } from './trend.ts';
import { until } from './until.ts';

/** A declared kind, compiled. `cross` is compiled where the row is that it reads. */
export function compileKind(kind: Exclude<FeatureKind, { op: 'cross' }>, scope: Scope & { nameOf(code: number): string | null }): Kind {
  switch (kind.op) {
    case 'latest':
      return latest(kind, scope);
    case 'first':
      return first(kind, scope);
    case 'count':
      return count(kind, scope);
    case 'sum':
      return sum(kind, scope);
    case 'mean':
      return mean(kind, scope);
    case 'max':
      return max(kind);
    case 'min':
      return min(kind);
    case 'distinct':
      return distinct(kind, scope);
    case 'decayed':
      return decayed(kind, scope);
    case 'since':
      return since(kind);
    case 'until':
      return until(kind);
    case 'elapsed':
      return elapsed(kind);
    case 'trend':
      return trend(kind, scope);
    case 'ratio':
      return ratio(kind, scope);
    case 'sequence':
      return sequence(kind, scope.nameOf);
    case 'daily':
      return daily(kind, scope);
    case 'change':
      return change(kind, scope);
    case 'fallen':
      return fallen(kind);
    case 'standing':
      return standing(kind, scope);
    case 'calendar':
      return calendar(kind);
    case 'local_time':
      return localTime(kind);
  }
}
