import { expect, test } from 'vitest';
import type { Decision } from '../audit/index.ts';
import type { Dispute } from '../features/index.ts';
import type { Reason } from '../rank/index.ts';
import { presentDispute } from './disputes.ts';

const effect = (feature: string, theme: string, size: number) => ({ feature, theme, effect: size, value: 3, sentence: () => feature });
const ofValue: Reason = { theme: 'value', direction: 'for', sentence: 'its amount is 3 EUR', effect: 1 };
const decision = { id: 'd_1', subject: 'op_a', score: 50, bundle: 'b', sources: [{ source: 'telephony', ageMs: 9e8, stale: true }, { source: 'email', ageMs: 6e4, stale: false }, { source: 'web', ageMs: 1, stale: false }], reasons: [], placement: { reasons: [ofValue] } } as unknown as Decision;

const disputed = (over: Partial<Dispute>) =>
  presentDispute({ subject: 'op_a', time: 0, decision: 'd_1', reason: 'outdated_data', theme: null, feature: null, ...over } as Dispute, {
    identities: { externalOf: () => '006A' },
    features: [],
    find: () => ({ decision }),
    explain: () => Promise.resolve([effect('visits', 'intent', 0.5), effect('size', 'fit', -2)]),
    explainValue: () => Promise.resolve([effect('amount', 'deal', 1)]),
    explainUrgency: () => Promise.resolve([{ feature: 'last_touch', value: '2026-03-01T00:00:00.000Z', effect: 0.7, feeds: ['telephony', 'email'] }]),
  });
const featuresOf = async (over: Partial<Dispute>): Promise<string[]> => (await disputed(over))!.features.map(({ feature }) => feature);

test('a dispute of the value names what the value came from, with what was said of it', async () => {
  expect(await disputed({ theme: 'value' })).toMatchObject({ sentence: 'its amount is 3 EUR', features: [{ feature: 'amount', value: 3, effect: 1 }] });
});

test('a dispute of the urgency names the facts, the feeds that tell them, and how old the newest of their news was', async () => {
  expect((await disputed({ theme: 'urgency' }))!.features).toEqual([
    { feature: 'last_touch', value: '2026-03-01T00:00:00.000Z', effect: 0.7, source: 'telephony, email', owner: null, sourceAgeSeconds: 60, stale: true },
  ]);
});

test('any other names the features of the score: those of the theme, the one that it names, or all', async () => {
  expect(await featuresOf({ theme: 'intent' })).toEqual(['visits']);
  expect(await featuresOf({ theme: 'fit', feature: 'size' })).toEqual(['size']);
  expect(await featuresOf({})).toEqual(['size', 'visits']);
});
