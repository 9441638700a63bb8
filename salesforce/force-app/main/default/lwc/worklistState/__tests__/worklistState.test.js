import fc from 'fast-check';
import { BLANK, acceptOrder, leavesList, mark, offer, unmark } from 'c/worklistState';

const RECORDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const list = (records) => ({ items: records.map((record, index) => ({ record, position: index + 1 })) });
const lists = fc.shuffledSubarray(RECORDS).map(list);
const feedbacks = fc.constantFrom('done', 'snooze', 'dismiss', 'dispute').map((action) => ({ action }));
const steps = fc.array(
  fc.oneof(
    lists.map((fresh) => (state) => offer(state, fresh)),
    fc.tuple(fc.constantFrom(...RECORDS), feedbacks).map(([record, said]) => (state) => mark(state, record, said)),
    fc.constantFrom(...RECORDS).map((record) => (state) => unmark(state, record)),
  ),
  { maxLength: 30 },
);
const shown = (state) => state.shown?.items.map((item) => item.record) ?? [];

describe('worklist state', () => {
  it('never moves, adds above or takes away a shown row unless the rep accepts an order', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        let state = BLANK;
        for (const change of changes) {
          const before = shown(state);
          state = change(state);
          expect(shown(state).slice(0, before.length)).toEqual(before);
        }
      }),
    );
  });

  it('shows exactly the waiting order once it is accepted', () => {
    fc.assert(
      fc.property(lists, lists, (first, second) => {
        const state = acceptOrder(offer(offer(BLANK, first), second));
        const expected = state.waiting === null ? shown(state) : [];
        expect(shown(state)).toEqual(expected);
        const last = shown(offer(offer(BLANK, first), second).waiting ? { shown: second } : state);
        expect(shown(state)).toEqual(last);
      }),
    );
  });

  it('takes a mark back without a trace', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...RECORDS), feedbacks, (fresh, record, said) => {
        const state = offer(BLANK, fresh);
        expect(unmark(mark(state, record, said), record)).toEqual(state);
      }),
    );
  });

  it('lets a finished lead vanish from the fresh list without a new order', () => {
    const state = mark(offer(BLANK, list(['a', 'b', 'c'])), 'b', { action: 'done' });
    const next = offer(state, list(['a', 'c', 'd']));
    expect(next.waiting).toBeNull();
    expect(shown(next)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('drops marks of leads that the accepted order no longer holds', () => {
    const marked = mark(mark(offer(BLANK, list(['a', 'b', 'c'])), 'a', { action: 'snooze' }), 'b', { action: 'dispute' });
    const state = acceptOrder(offer(marked, list(['c', 'b'])));
    expect(Object.keys(state.marks)).toEqual(['b']);
  });

  it('keeps a disputed lead in the work', () => {
    expect(leavesList({ action: 'dispute' })).toBe(false);
    expect(leavesList({ action: 'done' })).toBe(true);
    expect(leavesList(undefined)).toBe(false);
  });
});
