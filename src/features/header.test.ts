import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSubject, type SubjectId } from '../events/index.ts';
import { getLink, getStatus, getTime, hasFlag, HEADER_BYTES, initHeader, raise, setLink, setTime } from './header.ts';

const row = (): DataView => {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + 5), 5);
  initHeader(view);
  return view;
};
const at = Date.UTC(2026, 0, 5);

describe('the fixed part of a row', () => {
  it('begins with nothing known', () => {
    const view = row();
    expect([getStatus(view), getLink(view, 'lead', 'owner'), hasFlag(view, 'dismissed'), getTime(view, 'created')]).toEqual(['unknown', null, false, null]);
  });

  it('gives back what was set, whatever else was set before', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^us_[a-z0-9_]{1,14}$/u)), fc.integer(), (owners, time) => {
      const view = row();
      for (const [i, owner] of owners.entries()) {
        setLink(view, 'lead', 'owner', owner as SubjectId, at + i, 0);
        expect(getLink(view, 'lead', 'owner')).toBe(owner);
      }
      raise(view, 'known');
      setTime(view, 'closedAt', at);
      setTime(view, 'snoozedUntil', time);
      raise(view, 'dismissed');
      expect([getStatus(view), getTime(view, 'snoozedUntil'), hasFlag(view, 'dismissed'), getTime(view, 'convertedAt')]).toEqual(['closed', time, true, null]);
      expect(getLink(view, 'lead', 'owner')).toBe(owners.at(-1) ?? null);
    }));
  });

  it('is linked as the latest event says, in whatever order they come', () => {
    const events = fc.array(fc.record({ time: fc.integer({ min: 0, max: 5 }), tie: fc.nat(2), to: fc.constantFrom('us_a', 'us_b', 'us_c') }));
    fc.assert(fc.property(events, (all) => {
      const [forth, back] = [row(), row()];
      for (const { to, time, tie } of all) setLink(forth, 'lead', 'owner', to as SubjectId, at + time, tie);
      for (const { to, time, tie } of all.toReversed()) setLink(back, 'lead', 'owner', to as SubjectId, at + time, tie);
      expect(getLink(forth, 'lead', 'owner')).toBe(getLink(back, 'lead', 'owner'));
    }));
  });

  it('holds every subject that the gate can make, and refuses what is longer', () => {
    const view = row();
    const [owner, account] = [newSubject('user'), newSubject('account')];
    setLink(view, 'lead', 'owner', owner, at, 0);
    setLink(view, 'lead', 'account', account, at, 0);
    expect([getLink(view, 'lead', 'owner'), getLink(view, 'lead', 'account')]).toEqual([owner, account]);
    expect(() => setLink(view, 'lead', 'owner', `us_${'u'.repeat(15)}` as SubjectId, at + 1, 0)).toThrow(/an id is 20 of 0–9 and a–z, or at most 13 characters of ASCII/u);
    expect(getLink(view, 'lead', 'owner')).toBe(owner);
  });
});
