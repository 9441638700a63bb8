import type { FeatureKind } from '../spec.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Aggregate } from './aggregate.ts';
import { calendar } from './calendar.ts';
import { categoricalCell, numericCell } from './cell.ts';
import { count } from './count.ts';
import { decayed } from './decayed.ts';
import { first } from './first.ts';
import { latest } from './latest.ts';
import { since } from './since.ts';
import { sum } from './sum.ts';

/** The statistic that a declaration asks for. `vocabulary` numbers the words of a categorical one. */
export function compileKind(kind: FeatureKind, vocabulary: Vocabulary): Aggregate {
  switch (kind.op) {
    case 'latest':
      return latest(kind.field, kind.type === 'numeric' ? numericCell : categoricalCell(vocabulary));
    case 'first':
      return first(kind.field, kind.type === 'numeric' ? numericCell : categoricalCell(vocabulary));
    case 'count':
      return count(kind.window);
    case 'sum':
      return sum(kind.field, kind.window);
    case 'decayed':
      return decayed(kind.halfLife);
    case 'since':
      return since;
    case 'calendar':
      return calendar(kind.part);
  }
}
