import type { Catalogue } from '../events/index.ts';
import type { Columns } from './columns.ts';
import type { Layouts } from './kept.ts';
import type { Kind } from './kinds/kind.ts';
import type { Entity, FeatureSpec, OwnKind } from './spec.ts';
import type { Vocabularies } from './vocabulary.ts';

/** How events are folded and vectors read: by functions made for these features, or step by step. They are the same to the last bit. */
export type Form = 'generated' | 'plain';

/** What compiling a fold works with. */
export interface Compiling {
  readonly features: readonly FeatureSpec[];
  readonly catalogue: Catalogue;
  readonly vocabularies: Vocabularies;
  readonly layouts: Layouts;
  readonly columns: Columns;
  readonly form: Form;
  compile(entity: Entity, kind: OwnKind): Kind;
}
