/** What a change becomes. */
export interface Change {
  /** CloudEvents for the gate, which says what is wrong with them. */
  readonly events: readonly object[];
  /** Ids of records of which the change does not say enough: read them whole, and map them with `ofRecord`. */
  readonly fetch: readonly string[];
  /** So much changed, or what it was is known no more: read the object whole. */
  readonly resync: boolean;
  /** Why nothing was made of it: it is our own write, of an object that is not mapped, or no change event. */
  readonly ignored: 'own' | 'unmapped' | 'malformed' | null;
  /** Values of the picklist that have no meaning yet. */
  readonly unknownValues: readonly string[];
  /** Currencies for which there is no rate at the time of the change. */
  readonly missingRates: readonly string[];
}

export const NO_CHANGE: Change = { events: [], fetch: [], resync: false, ignored: null, unknownValues: [], missingRates: [] };
