import { DAY, HOUR } from '../base/index.ts';
import { DEFAULT_FEATURES } from './defaults/index.ts';
import { compileFolds } from './folds.ts';
import { HEADER_BYTES } from './header.ts';
import { LATENESS } from './lateness.ts';
import { FEWEST_REPS } from './reading.ts';
import { REPEAT_HORIZON } from '../log/index.ts';
import { SOURCES } from './sources.ts';
import { valueType, type Condition, type Entity, type FeatureSpec, type OwnKind } from './spec.ts';

/** The features that a cell starts with as a page of Markdown. */
export function featureReference(): string {
  const entities: readonly Entity[] = ['lead', 'opportunity'];
  return [PREAMBLE, kept(), sources(), ...entities.map(section)].join('\n');
}

const days = (ms: number): string => (ms < DAY ? `${ms / HOUR} h` : `${ms / DAY} d`);

const PREAMBLE = `# Features
What a cell keeps of leads and opportunities from the start. Each feature is a declaration (\`src/features/defaults\`); the same
declarations run live and in replay. An event counts at the time at which it happened, of two at the same time the one with the
higher hash of source and id is the later. In whatever order events come within ${days(LATENESS)}, a vector is the same; what comes later is
counted (\`late\`) and folded where its tile is still open. Windows are cut into tiles and reach back to the start of a tile, so
their length swings by one. Repeated deliveries are dropped for ${days(REPEAT_HORIZON)}. A feature of a source that never said anything is
missing.

*others*: what the record itself did is left out. *team*: for each rep of the owner's team; missing for a team of fewer than
${FEWEST_REPS}, and nothing is kept of who a rep is or how well one does. What a lead, contact or opportunity does counts for the account,
campaign and team that it belongs to now, and moves with it. What a web visitor did counts for the lead or contact that it turns
out to be; what a contact does, for the opportunity that it plays a role in.
`;

function kept(): string {
  const folds = compileFolds(DEFAULT_FEATURES);
  const rows = (['lead', 'opportunity', 'contact', 'account', 'campaign', 'owner', 'visitor'] as const)
    .map((entity) => `| ${entity === 'owner' ? 'user, team' : entity} | ${HEADER_BYTES + folds.of(entity).bytes} | ${folds.of(entity).regions.length} |`);
  return ['## State', 'Bytes of a row with all of these features, and the regions that they share:', '', '| row | bytes | regions |', '|---|---|---|', ...rows, ''].join('\n');
}

function sources(): string {
  const rows = SOURCES.map(({ name, prefixes, freshness }) => `| ${name} | ${prefixes.map((prefix) => `\`${prefix}.*\``).join(' ')} | ${days(freshness)} |`);
  return ['## Sources', 'Silent for longer than its limit, a source is stale, and answers say so.', '', '| source | events | limit |', '|---|---|---|', ...rows, ''].join('\n');
}

function section(entity: Entity): string {
  const features = DEFAULT_FEATURES.filter((feature) => feature.entity === entity);
  const rows = features.map((spec) => {
    const { name, theme, source, privacy, owner, sentence } = spec;
    return `| ${name} | ${theme} | ${valueType(spec.kind)} | ${inWords(spec)} | ${source} | ${privacy} | ${owner} | ${sentence.replaceAll('|', '\\|')} |`;
  });
  return [`## Of ${entity === 'opportunity' ? 'an opportunity' : 'a lead'} (${features.length})`, '| feature | theme | type | what is kept | source | privacy | owner | as a reason |', '|---|---|---|---|---|---|---|---|', ...rows, ''].join('\n');
}

function inWords({ kind }: FeatureSpec): string {
  if (kind.op !== 'cross') return told(kind);
  const of = kind.entity === 'owner' ? 'team' : kind.entity;
  return `${of}${kind.count === 'others' ? ', others' : ''}: ${told(kind.kind)}`;
}

/** A kind in a few words. */
function told(kind: OwnKind): string {
  const events = listed(kind.event) + ('where' in kind ? given(kind.where) : '');
  switch (kind.op) {
    case 'latest':
    case 'first':
      return `${kind.op} \`${kind.field}\` of ${events}`;
    case 'count':
      return `count of ${events}${kind.window === undefined ? ', ever' : `, ${days(kind.window)}`}`;
    case 'sum':
    case 'mean':
    case 'max':
    case 'min':
    case 'distinct':
      return `${kind.op} of \`${kind.field}\` of ${events}, ${days(kind.window)}`;
    case 'fallen':
      return `greatest \`${kind.field}\` of ${events} in ${days(kind.window)} less the latest`;
    case 'decayed':
      return `${events}, half-life ${days(kind.halfLife)}`;
    case 'since':
      return `days since ${events}`;
    case 'until':
      return `days until \`${kind.field}\` of ${events}`;
    case 'elapsed':
      return `days from the first ${listed(kind.after)} to the first ${events}`;
    case 'trend':
      return `rate of ${events}, ${days(kind.short)} against ${days(kind.long)}`;
    case 'ratio':
      return `${events} for each ${listed(kind.of)}${given(kind.whereOf)}, ${days(kind.window)}`;
    case 'sequence':
      return `type of the ${kind.place === 0 ? 'newest' : `newest but ${kind.place}`} of ${events}`;
    case 'daily':
      return kind.read === 'age' ? `age of the row of ${events}` : `\`${kind.field}\` of the newest day of ${events}`;
    case 'change':
      return `latest less first \`${kind.field}\` of ${events}`;
    case 'standing':
      return `${events} less ${listed(kind.less)}${given(kind.whereLess)}, ever`;
    case 'calendar':
      return `${kind.part.replace('_', ' of the ')} ${kind.of === 'now' ? 'now' : `of the first ${events}`} (${kind.zone ?? 'UTC'})`.replace('quarter of the day', 'day of the quarter');
    case 'local_time':
      return `hours of the clock now, by \`${kind.field}\` of ${events}`;
  }
}

const listed = (events: readonly string[]): string => events.map((event) => `\`${event}\``).join(', ');
const given = (where: Condition | undefined): string => {
  if (where === undefined) return '';
  return where.in === undefined ? ` with \`${where.field}\`` : ` with ${where.field} ${where.in.join(' or ')}`;
};
