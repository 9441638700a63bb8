/** @jest-environment node */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';

const CLASSES = join(__dirname, '../force-app/main/default/classes');
const files = readdirSync(CLASSES).filter((name) => name.endsWith('.cls'));

/** The syntax errors of an Apex class, `line:column message`. */
function syntaxErrors(source) {
  const errors = [];
  const listener = Object.assign(new ApexErrorListener(), {
    apexSyntaxError: (line, column, message) => errors.push(`${line}:${column} ${message}`),
  });
  ApexParserFactory.createLexerAndParser(source, listener).parser.compilationUnit();
  return errors;
}

describe('Apex', () => {
  it('has classes, each with its metadata', () => {
    expect(files.length).toBeGreaterThan(3);
    const meta = readdirSync(CLASSES).filter((name) => name.endsWith('-meta.xml'));
    expect(meta.sort()).toEqual(files.map((name) => `${name}-meta.xml`).sort());
  });

  it.each(files)('%s parses', (name) => {
    expect(syntaxErrors(readFileSync(join(CLASSES, name), 'utf8'))).toEqual([]);
  });

  it('would notice a syntax error', () => {
    expect(syntaxErrors('public class A { void b( { } }')).not.toEqual([]);
  });

  it.each(files)('%s runs with the sharing of its user', (name) => {
    const source = readFileSync(join(CLASSES, name), 'utf8');
    expect(source).toMatch(/public with sharing class|@IsTest/);
    expect(source).not.toMatch(/without sharing|SYSTEM_MODE/);
  });

  it('sends only reads from cacheable methods', () => {
    const source = readFileSync(join(CLASSES, 'LeadRankController.cls'), 'utf8');
    const methods = [...source.matchAll(/@AuraEnabled(\(cacheable=true\))?\s+public static [\w<>, ]+ (\w+)/g)];
    expect(Object.fromEntries(methods.map(([, cacheable, name]) => [name, Boolean(cacheable)]))).toEqual({
      getWorklist: true,
      getInsight: true,
      getWhy: false,
      sendFeedback: false,
    });
  });
});
