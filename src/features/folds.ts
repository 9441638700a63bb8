import { catalogue as standard, type Catalogue } from '../events/index.ts';
import { Fault } from '../base/index.ts';
import { checkKind } from './check-kind.ts';
import { columnsOf, type Columns } from './columns.ts';
import type { Compiling, Form } from './compiling.ts';
import { factsOf, schemaOf } from './facts.ts';
import { createFold, type Fold } from './fold.ts';
import { compileKind } from './kinds/compile.ts';
import type { FieldFacts, Kind, Scope } from './kinds/kind.ts';
import { layOut } from './kept.ts';
import { ENTITIES, type Entity, type FeatureSpec, type OwnKind } from './spec.ts';
import { codeOf, createVocabularies, type Vocabularies } from './vocabulary.ts';

/** The folds of all entities that a set of features needs. */
export interface Folds {
  readonly features: readonly FeatureSpec[];
  /** What the numbers of an event stand for; the same for all entities. */
  readonly columns: Columns;
  of(entity: Entity): Fold;
}

export interface FoldOptions {
  readonly catalogue?: Catalogue;
  readonly vocabularies?: Vocabularies;
  readonly form?: Form;
}

/** How wide counts are: a lead does little, a campaign much. */
const WIDTHS: Readonly<Record<Entity, Scope['width']>> = {
  lead: 1, opportunity: 1, contact: 1, visitor: 1, account: 2, campaign: 4, owner: 4,
};

/**
 * Compiles declarations into what is kept of each entity and how it is read. Throws a Fault for a kind that cannot be, an event or
 * a field that the catalogue lacks, or a field of two types.
 */
export function compileFolds(features: readonly FeatureSpec[], options: FoldOptions = {}): Folds {
  const { catalogue = standard, vocabularies = createVocabularies(), form = 'generated' } = options;
  for (const { name, entity, kind } of features) checkKind(name, entity, kind); // numbers of it stand in the text of functions
  const types = new Map<string, FieldFacts['type']>();
  const field = (events: readonly string[], name: string): FieldFacts => {
    const facts = factsOf(catalogue, events, name);
    const known = types.get(name) ?? facts.type;
    if (known !== facts.type) {
      throw new Fault({ kind: 'input', value: name, rule: `is a ${facts.type} in one event and a ${known} in another`, remedy: 'use a field of one type' });
    }
    types.set(name, known);
    return facts;
  };
  const nameOf = (code: number): string | null => catalogue.byCode.get(code)?.name ?? null;
  const compile = (entity: Entity, kind: OwnKind): Kind => compileKind(kind, { width: WIDTHS[entity], field, codeOf, nameOf });

  const layouts = layOut(features, catalogue, compile);
  for (const { regions } of layouts.values()) {
    for (const { input } of regions) {
      for (const event of input.event) schemaOf(catalogue, event);
      if (input.field !== undefined) field(input.event, input.field);
      if (input.where !== undefined) field(input.event, input.where.field);
      if (input.as === 'day') for (const name of ['day', 'available']) field(input.event, name);
    }
  }
  const columns = columnsOf(types, vocabularies);
  const compiling: Compiling = { features, catalogue, vocabularies, layouts, columns, compile, form };
  const folds = new Map(ENTITIES.map((entity) => [entity, createFold(entity, compiling)]));
  return { features, columns, of: (entity) => folds.get(entity)! };
}
