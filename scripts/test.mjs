// `npm test`: set up, check, then every suite; ends with one line that counts all tests. With arguments: those test files only.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { chromium } from './chromium.mjs';
import { root, setup } from './setup.mjs';
import { run } from './run.mjs';

const filters = process.argv.slice(2);
const results = join(root, 'test-results');
const reports = { modules: join(results, 'modules.json'), components: join(results, 'components.json') };

const runtime = await setup({ tests: true });
mkdirSync(results, { recursive: true });
for (const report of Object.values(reports)) rmSync(report, { force: true });

const browser = chromium();
if (browser.missing && process.env.CI) fail(`browser tests: ${browser.missing}`);
if (browser.missing) process.stderr.write(`browser tests are skipped: ${browser.missing}\n`);
const env = { ...process.env, LEADRANK_CHROMIUM: browser.path ?? '', PATH: `${join(root, 'build')}:${process.env.PATH}` };

const codes = [];
if (filters.length === 0) codes.push(await check(runtime));
codes.push(
  await run(
    runtime,
    [join(root, 'node_modules', '.bin', 'vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports.modules}`, ...filters],
    { cwd: root, env },
  ),
);
if (filters.length === 0) {
  codes.push(await run('npm', ['test', '--silent', '--', '--json', `--outputFile=${reports.components}`], { cwd: join(root, 'salesforce'), env }));
}

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [suite, path] of Object.entries(reports)) {
  if (!existsSync(path)) continue;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  process.stdout.write(`${suite}: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped\n`);
  sum.passed += report.numPassedTests;
  sum.failed += report.numFailedTests;
  sum.skipped += skipped;
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
if (sum.passed === 0) fail('no test ran');
process.exitCode = codes.find((code) => code !== 0) ?? 0;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
