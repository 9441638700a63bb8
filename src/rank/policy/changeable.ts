import { named, oneWord, type Form } from '../../base/index.ts';

/**
 * What is known of what a feature does that somebody can change: `shown` where its effect was randomised or passed the off-policy
 * gate, `association` where records with it merely fare otherwise.
 */
export type Evidence = (typeof EVIDENCE)[number];
const EVIDENCE = ['association', 'shown'] as const;

/** The features that a rep or the marketing can change, with what is known of them. */
export type Changeable = Readonly<Record<string, Evidence>>;

export const DEFAULT_CHANGEABLE: Changeable = Object.fromEntries(
  ['touches_14d', 'emails_sent_14d', 'meetings_30d', 'calls_connected_30d', 'days_since_touch', 'meetings_held_30d', 'next_step_set', 'stage', 'close_date_moves', 'days_to_close'].map(
    (feature) => [feature, 'association' as const],
  ),
);

/** Checked. `columns`: the features that may be named; null: any. */
export const changeable =
  (columns: readonly string[] | null): Form<Changeable> =>
  (value, path, before) => {
    const read = named(oneWord(EVIDENCE))(value, path, before);
    if (value !== undefined && columns !== null) for (const feature of Object.keys(read)) oneWord(columns)(feature, path);
    return read;
  };
