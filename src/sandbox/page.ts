import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault, quote, systemClock } from '../base/index.ts';
import type { Org, OrgUser } from './org.ts';

/** Sends a request to the service as a user of the org, as the named credential of the real org would. */
export type Callout = (user: string, request: { method: 'GET' | 'POST'; url: string; body?: object }) => Promise<Answer>;

export interface Answer {
  status: number;
  body: unknown;
}

/** A user's open records by the points of a formula field of the org, the most first; at most `wanted`. */
export type OrgPoints = (user: string, wanted: number) => { record: string; kind: 'lead' | 'opportunity'; points: number }[];

export interface PageParts {
  org: Org;
  callout: Callout;
  points: OrgPoints;
  /** Folder of the built page. */
  dist: string;
}

type Params = Record<string, unknown>;
type ApexMethod = (callout: (request: Parameters<Callout>[1]) => Promise<Answer>, params: Params) => Promise<Answer>;

/**
 * The page on the local machine: the built components, and the Apex methods of LeadRankController as the simulated org
 * answers them. The user is whom the page names, so this is for loopback and a simulated org only.
 */
export async function pageRoutes(app: FastifyInstance, { org, callout, points, dist }: PageParts): Promise<void> {
  app.addHook('onRequest', async (request) => refuseForeignHost(request));
  await app.register(fastifyStatic, { root: dist, cacheControl: true, maxAge: 0, etag: true });

  // Who is there, reps first: the page opens as the first of them.
  const users = (): OrgUser[] => org.users().filter(({ leaves }) => leaves > systemClock()).toSorted((a, b) => Number(a.role === 'manager') - Number(b.role === 'manager'));
  app.get('/local/users', { schema: { hide: true } }, async () => users().map(({ id, name, role }) => ({ id, name, role })));

  app.post<{ Params: { method: string } }>('/apex/LeadRankController/:method', { schema: { hide: true } }, async (request, reply) => {
    const method = METHODS[request.params.method];
    const user = String(request.headers['x-leadrank-user'] ?? '');
    if (!method) throw missing(`Apex method ${quote(request.params.method)}`, `use one of ${Object.keys(METHODS).join(', ')}`);
    if (!users().some(({ id }) => id === user)) throw missing(`user ${quote(user)}`, 'pick one of /local/users');
    const params = (request.body ?? {}) as Params;
    const { status, body } = await method((outgoing) => callout(user, outgoing), params);
    if (request.params.method === 'getWorklist' && isOutage(status)) return withNames(org, byPoints(user, points(user, wantedOf(params))));
    return reply.status(status).send(status < 400 ? withNames(org, body) : body);
  });
}

/** As LeadRankClient has it: the service failed or is too busy. */
const isOutage = (status: number): boolean => status >= 400 && ![401, 403, 404].includes(status);
const wantedOf = ({ maxItems }: Params): number => Number(maxItems) || 20;

/** What LeadRankFallback answers: level L4. */
function byPoints(user: string, ranked: ReturnType<OrgPoints>): object {
  const items = ranked.map(({ record, kind, points }, index) => ({
    record,
    object: kind === 'lead' ? 'Lead' : 'Opportunity',
    kind,
    position: index + 1,
    level: 'L4',
    points,
    flags: [],
    reasons: [],
  }));
  return { user, generatedAt: new Date().toISOString(), level: 'L4', items, leftOut: [], data: { asOf: null, ageSeconds: null } };
}

const METHODS: Record<string, ApexMethod> = {
  getWorklist: (call, params) => call({ method: 'GET', url: `/v1/worklist?limit=${wantedOf(params)}` }),
  getInsight: (call, { recordId }) => call({ method: 'GET', url: `/v1/records/${encodeURIComponent(String(recordId))}/insight` }),
  getWhy: (call, { recordId, overId }) => call({ method: 'GET', url: `/v1/why?${new URLSearchParams({ record: String(recordId), over: String(overId) })}` }),
  sendFeedback: (call, { decisionId, action, reason, snoozeUntil, theme }) => {
    const given = { decision: decisionId, action, reason, until: snoozeUntil, theme };
    const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    return call({ method: 'POST', url: '/v1/feedback', body });
  },
};

/** What Apex adds in user mode: names stay in the org, the service never has them. */
function withNames(org: Org, body: unknown): unknown {
  const answer = body as { record?: string; items?: { record: string }[] };
  const named = <T extends { record: string }>(item: T): T => {
    const lead = org.lead(item.record);
    if (lead) return { ...item, name: lead.name, company: lead.company, title: lead.title };
    const deal = org.deal(item.record);
    return deal ? { ...item, name: deal.name, company: deal.company, title: null } : item;
  };
  if (answer.items) return { ...answer, items: answer.items.map(named) };
  return answer.record === undefined ? answer : named(answer as { record: string });
}

/** A page of another site whose name was bound to this address must not read the org. */
function refuseForeignHost(request: FastifyRequest): void {
  const host = request.hostname.replace(/^\[|\]$/g, '').replace(/:\d+$/, '');
  if (['localhost', '127.0.0.1', '::1'].includes(host)) return;
  throw new Fault({ kind: 'forbidden', value: `host ${quote(host)}`, rule: 'the local page answers on loopback only', remedy: 'open http://localhost' });
}

function missing(value: string, remedy: string): Fault {
  return new Fault({ kind: 'missing', value, rule: 'is not known to the simulated org', remedy });
}
