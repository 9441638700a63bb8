import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSubject, type SubjectId } from '../events/index.ts';
import { getOwner, getStatus, getTime, HEADER_BYTES, initHeader, isDismissed, setDismissed, setOwner, setStatus, setTime } from './header.ts';

const row = (): DataView => {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + 5), 5);
  initHeader(view);
  return view;
};

describe('the fixed part of a row', () => {
  it('begins with nothing known', () => {
    const view = row();
    expect([getStatus(view), getOwner(view), isDismissed(view), getTime(view, 'created')]).toEqual(['unknown', null, false, null]);
  });

  it('gives back what was set, whatever else was set before', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z0-9_]{1,37}$/u)), fc.integer(), (owners, time) => {
      const view = row();
      for (const owner of owners) {
        setOwner(view, owner as SubjectId);
        expect(getOwner(view)).toBe(owner);
      }
      setStatus(view, 'closed');
      setTime(view, 'snoozedUntil', time);
      setDismissed(view, 'dismissed');
      expect([getStatus(view), getTime(view, 'snoozedUntil'), isDismissed(view), getTime(view, 'closedAt')]).toEqual(['closed', time, true, null]);
      expect(getOwner(view)).toBe(owners.at(-1) ?? null);
    }));
  });

  it('holds every subject that the gate can make, and refuses what is longer', () => {
    const view = row();
    const owner = newSubject('user');
    setOwner(view, owner);
    expect(getOwner(view)).toBe(owner);
    expect(() => setOwner(view, 'u'.repeat(38) as SubjectId)).toThrow(/at most 37 characters/u);
    expect(getOwner(view)).toBe(owner);
  });
});
