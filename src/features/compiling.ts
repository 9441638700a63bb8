import type { Catalogue } from '../events/index.ts';
import type { Columns } from './columns.ts';
import type { Layouts } from './kept.ts';
import type { Kind } from './kinds/kind.ts';
import type { Entity, FeatureSpec, OwnKind } from './spec.ts';
import type { Vocabularies } from './vocabulary.ts';

/** What compiling a fold works with. */
export interface Compiling {
  readonly features: readonly FeatureSpec[];
  readonly catalogue: Catalogue;
  readonly vocabularies: Vocabularies;
  readonly layouts: Layouts;
  readonly columns: Columns;
  compile(entity: Entity, kind: OwnKind): Kind;
}
