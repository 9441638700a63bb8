/** The kinds of buyers: what a rep does has another effect on each. */
export const BUYERS = ['self_serve', 'relationship', 'price', 'steady'] as const;
export type Buyer = (typeof BUYERS)[number];
/** What a rep can do. An offer is a mail with a discount. */
export const ACTIONS = ['call', 'email', 'meeting', 'offer'] as const;
export type Action = (typeof ACTIONS)[number];

/** How likely a choice is against the others, and what it adds to how well a lead fits, in log-odds. */
export type Choice = readonly [weight: number, effect: number];
/** By name; the empty name is a value that was not recorded. */
export type Choices = Readonly<Record<string, Choice>>;

export interface DailyFeed {
  /** When the file of a day is there, on the next day, UTC. */
  readonly hour: number;
  readonly late: number;
  readonly missing: number;
  readonly restated: number;
}

/** What a world is like; `worlds/default.yaml` says what each number means. Shares are in [0, 1], effects in log-odds. */
export interface WorldParams {
  readonly name: string;
  readonly volume: { readonly companies_a_lead: number; readonly customers: number; readonly expansions: number };
  readonly lead: {
    readonly base: number;
    readonly fit: number;
    readonly intent: number;
    readonly noise: number;
    readonly speed: number;
    readonly skill: number;
    readonly close: number;
    readonly reopened: number;
    readonly trial: number;
  };
  readonly actions: Readonly<Record<Action, Readonly<Record<Buyer, number>>>>;
  readonly season: { readonly year: number; readonly quarter_end: number };
  readonly drift: {
    readonly after_days: number;
    readonly base: number;
    readonly fit: number;
    readonly intent: number;
    readonly sources: Readonly<Record<string, number>>;
  };
  readonly deal: {
    readonly advance: number;
    readonly lose: number;
    readonly back: number;
    readonly slip: number;
    readonly amount: number;
    readonly spread: number;
  };
  readonly feeds: Readonly<Record<'erp' | 'marketing', DailyFeed>>;
  readonly mess: {
    readonly duplicates: number;
    readonly late: number;
    readonly late_hours: number;
    readonly malformed: number;
    readonly duplicate_leads: number;
    readonly merged_accounts: number;
    readonly reassigned: number;
    readonly queued: number;
    readonly unowned: number;
    readonly two_territories: number;
    readonly left: number;
    readonly erased: number;
    readonly no_calls: number;
    readonly no_mails: number;
  };
  readonly market: Readonly<Record<'sources' | 'industries' | 'seniorities' | 'mail' | 'campaigns', Choices>>;
}
