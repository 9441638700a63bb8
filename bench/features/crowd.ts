import { DAY, random, type Random } from '../../src/base/index.ts';
import type { Event, FieldValue, SubjectId } from '../../src/events/index.ts';

/** A stream of lead events for measurements: plain, seeded, in order of time, of any length in constant memory. */
export interface CrowdOptions {
  leads: number;
  seed?: number;
  /** Over how many days leads come in. */
  days?: number;
  /** How many events a lead has on a day while it is active. */
  perDay?: number;
  /** `all`: leads belong to accounts of two, to campaigns, and to owners in teams of ten; `visitors`: and each is tied to a visitor, of whom its visits tell. */
  links?: 'owner' | 'all' | 'visitors';
  owners?: number;
  campaigns?: number;
}

export const CROWD_START = Date.UTC(2025, 0, 6);
const ACTIVE_DAYS = 45;
const INDUSTRIES = ['retail', 'energy', 'health', 'finance', 'media', 'public', 'industry', 'transport'];
const PAGES = ['pricing', 'product', 'docs', 'blog', 'home', 'case_study'];

type Draw = Random;
type Happening = readonly [type: string, data: Record<string, FieldValue>];

const KINDS: readonly [weight: number, make: (draw: Draw) => Happening][] = [
  [40, (draw) => ['web.visited', { page: draw.pick(PAGES), seconds: draw.below(300) }]],
  [20, () => ['email.sent', { template: 'spring' }]],
  [12, () => ['email.opened', { template: 'spring' }]],
  [5, () => ['email.clicked', { template: 'spring' }]],
  [3, () => ['email.replied', {}]],
  [10, (draw) => ['call.logged', { outcome: draw.pick(['connected', 'voicemail', 'no_answer']), seconds: draw.below(900) }]],
  [3, () => ['web.form_submitted', { form: 'contact' }]],
  [2, () => ['meeting.booked', {}]],
  [2, () => ['meeting.held', {}]],
  [3, (draw) => ['lead.changed', { status: draw.pick(['working', 'nurturing', 'new']), rating: draw.pick(['Hot', 'Warm', 'Cold']) }]],
];
const WEIGHT = KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** About 24 events a lead, or as many as `perDay` makes of its 45 days. */
export function* crowd({ leads, seed = 1, days = 180, perDay = 0.5, links = 'owner', owners: users = 200, campaigns = 50 }: CrowdOptions): Generator<Event> {
  const draw = random(seed);
  let number = 0;
  const event = (subject: SubjectId, time: number, [type, data]: Happening): Event =>
    ({ id: `c_${(number++).toString(36).padStart(16, '0')}`, source: 'crowd', type, version: VERSIONS[type] ?? 1, subject, time, data }) as unknown as Event;
  const id = (kind: string, n: number): SubjectId => `${kind}_${n.toString(36).padStart(20, '0')}` as SubjectId;
  const owners = Array.from({ length: users }, (_, i) => `us_${String(i).padStart(20, '0')}`);
  if (links !== 'owner') {
    for (const [i, owner] of owners.entries()) yield event(owner as SubjectId, CROWD_START, ['user.changed', { manager: id('us', 1_000 + Math.floor(i / 10)), active: true }]);
  }
  const around = (lead: number): Record<string, FieldValue> => (links !== 'owner' ? { account: id('ac', Math.floor(lead / 2)), campaign_id: id('cp', lead % campaigns) } : {});
  /** The first lead that comes in on a day. */
  const firstOf = (day: number): number => Math.min(leads, Math.max(0, Math.ceil((day * leads) / days)));
  for (let day = 0; day < days + ACTIVE_DAYS; day++) {
    const today: [number, SubjectId, Happening][] = [];
    const from = firstOf(day - ACTIVE_DAYS);
    const to = firstOf(day + 1);
    const time = (): number => CROWD_START + day * DAY + draw.below(DAY);
    for (let lead = from; lead < to; lead++) {
      const subject = `ld_${lead.toString(36).padStart(20, '0')}` as SubjectId;
      if (lead >= firstOf(day)) {
        today.push([CROWD_START + day * DAY + draw.below(1_000), subject, ['lead.created', {
          owner: draw.pick(owners), lead_source: draw.pick(['Web', 'Event', 'Partner']), industry: draw.pick(INDUSTRIES),
          country: draw.pick(['DE', 'FR', 'US', 'GB']), employees: draw.below(5_000), annual_revenue: draw.below(1e9), title: draw.pick(['vp', 'c_level', 'manager']), email: 'business', ...around(lead),
        }]]);
        if (links === 'visitors') today.push([CROWD_START + day * DAY + 1_000, id('vi', lead), ['link.visitor', { lead: subject, by: 'form' }]]);
      }
      for (let left = perDay; left > 0; left -= 1) {
        if (draw.uniform() >= left) continue;
        const at = time();
        const what = happening(draw);
        today.push([at, links === 'visitors' && what[0] === 'web.visited' ? id('vi', lead) : subject, what]);
      }
      if (draw.uniform() < 0.003) today.push([time(), subject, ['lead.converted', {}]]);
    }
    today.sort(([a], [b]) => a - b);
    for (const [at, subject, what] of today) yield event(subject, at, what);
  }
}

const VERSIONS: Record<string, number> = { 'lead.created': 2 };

function happening(draw: Draw): Happening {
  let at = draw.uniform() * WEIGHT;
  for (const [weight, make] of KINDS) if ((at -= weight) < 0) return make(draw);
  return KINDS[0]![1](draw);
}
