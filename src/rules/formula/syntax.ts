import { Fault, quote } from '../../base/index.ts';

/** A formula as a tree. Operators are functions by their sign. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] };

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?|\.\d+)|(?<text>"(?:[^"\\]|\\.)*")|(?<name>[A-Za-z_][\w.]*)|(?<sign><>|!=|<=|>=|==|&&|\|\||[-+*/^&(),<>=!])|(?<end>$))/uy;

/** By how tightly they bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['=', '==', '<>', '!='], ['<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/'], ['^']];
const SAME: Readonly<Record<string, string>> = { '==': '=', '!=': '<>', '&&': 'AND', '||': 'OR', '!': 'NOT' };

const DEEPEST = 500;

/** Reads the formula language of Salesforce, as far as rules need it. Throws a Fault that names the place. */
export function parseFormula(text: string): Formula {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;

  const peek = (): Token => tokens[at]!;
  const take = (sign: string): boolean => {
    if (peek().kind !== 'sign' || peek().text !== sign) return false;
    at += 1;
    return true;
  };
  const need = (sign: string): void => {
    if (!take(sign)) throw fault(peek(), `${sign} is missing`);
  };

  const within = <T>(read: () => T): T => {
    if ((depth += 1) > DEEPEST) throw fault(peek(), `is nested deeper than ${DEEPEST}`);
    const found = read();
    depth -= 1;
    return found;
  };

  const level = (number: number): Formula => {
    const signs = LEVELS[number];
    if (signs === undefined) return unary();
    let left = level(number + 1);
    for (;;) {
      const { kind, text: sign } = peek();
      if (kind !== 'sign' || !signs.includes(sign)) return left;
      at += 1;
      left = { kind: 'call', name: SAME[sign] ?? sign, args: [left, level(number + 1)] };
    }
  };

  const unary = (): Formula => {
    if (take('-')) return { kind: 'call', name: '-', args: [{ kind: 'number', value: 0 }, within(unary)] };
    if (take('+')) return within(unary);
    if (take('!')) return { kind: 'call', name: 'NOT', args: [within(unary)] };
    return operand();
  };

  const operand = (): Formula => {
    const token = peek();
    at += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: unescaped(token.text) };
    if (token.kind === 'name') return take('(') ? { kind: 'call', name: token.text.toUpperCase(), args: args() } : named(token.text);
    if (token.kind !== 'sign' || token.text !== '(') throw fault(token, 'a value is missing');
    const inner = within(() => level(0));
    need(')');
    return inner;
  };

  const args = (): Formula[] => {
    if (take(')')) return [];
    const list = [within(() => level(0))];
    while (take(',')) list.push(within(() => level(0)));
    need(')');
    return list;
  };

  const formula = level(0);
  if (peek().kind !== 'end') throw fault(peek(), 'stands after the end');
  return formula;
}

const named = (name: string): Formula => (/^(true|false|null)$/iu.test(name) ? { kind: 'call', name: name.toUpperCase(), args: [] } : { kind: 'field', name });

const unescaped = (literal: string): string => literal.slice(1, -1).replaceAll(/\\(.)/gu, (_whole, character: string) => (character === 'n' ? '\n' : character));

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw fault({ kind: 'sign', text: text.slice(at, at + 20), at }, 'is no part of a formula');
    const [kind, found] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    tokens.push({ kind: kind as Token['kind'], text: found!, at });
    if (kind === 'end') return tokens;
  }
}

const fault = ({ text, at }: Token, rule: string): Fault =>
  new Fault({ kind: 'input', value: `${quote(text)} at character ${at + 1}`, rule, remedy: 'correct the formula' });
