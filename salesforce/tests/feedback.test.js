/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path) => readFileSync(join(__dirname, '..', path), 'utf8');

/** What the service's schema admits, read from its source: the page must not say what the service refuses. */
const schema = read('../src/serve/schema.ts');

/** The first group of a pattern in the schema; says what is missing when the schema is written otherwise. */
function declared(what, pattern) {
  const match = pattern.exec(schema);
  if (!match) throw new Error(`${what}: src/serve/schema.ts declares it otherwise than this test reads it; adapt the test`);
  return match[1];
}

describe('the words of feedback', () => {
  const choice = read('force-app/main/default/lwc/feedbackChoice/feedbackChoice.js');
  const reasons = [...choice.matchAll(/\['([\w-]+)', words\./g)].map((match) => match[1]);

  it('has reasons that the service takes as codes', () => {
    const pattern = declared('reason', /reason: Type\.Optional\(Type\.String\(\{ pattern: '([^']+)'/);
    expect(reasons).toHaveLength(9);
    for (const reason of reasons) expect(reason).toMatch(new RegExp(pattern));
    const known = read('../src/serve/feedback.ts');
    for (const reason of reasons) expect(known).toContain(`'${reason}'`);
  });

  it('has actions that the service knows', () => {
    const list = declared('action', /action: Type\.Union\(\[([^\]]+)\]/);
    const known = list.split(',').map((name) => name.trim().replaceAll("'", ''));
    expect(known).toEqual(expect.arrayContaining(['done', 'dismiss', 'snooze', 'dispute']));
  });

  it('sends from Apex the fields that the service names', () => {
    const apex = read('force-app/main/default/classes/LeadRankController.cls');
    const sent = ['decision', 'action', 'reason', 'until', 'theme'];
    for (const field of sent) expect(apex).toContain(`'${field}'`);
    const request = declared('FeedbackRequest', /export interface FeedbackRequest \{([^}]*)\}/);
    const fields = [...request.matchAll(/(\w+)\??:/g)].map((match) => match[1]);
    expect(fields).toEqual([...sent, 'feature']); // the page disputes by theme
  });
});
