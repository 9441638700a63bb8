// Components speak their real words in tests, and every test can ask axe.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { registerSa11yMatcher } = require('@sa11y/jest');

const LABELS = join(__dirname, 'force-app/main/default/labels/CustomLabels.labels-meta.xml');
const pattern = /<fullName>(\w+)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>/g;

for (const [, name, text] of readFileSync(LABELS, 'utf8').matchAll(pattern)) {
  jest.doMock(`@salesforce/label/c.${name}`, () => ({ default: text.replaceAll('&amp;', '&') }), { virtual: true });
}

if (typeof document !== 'undefined') registerSa11yMatcher();
