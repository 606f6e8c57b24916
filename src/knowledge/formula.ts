/** Thrown when a formula can't be read or a letter in it has no value; `offset` counts characters from 0. */
export class FormulaError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'FormulaError';
    this.offset = offset;
  }
}

interface Token {
  readonly text: string;
  readonly offset: number;
}

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9_]*)|([-+*/^()]))/y;

function tokenise(formula: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < formula.trimEnd().length) {
    tokenPattern.lastIndex = position;
    const match = tokenPattern.exec(formula);
    const text = match?.[1] ?? match?.[2] ?? match?.[3];
    if (!match || text === undefined) throw new FormulaError(`unexpected "${formula.trimEnd().slice(position)}"`, position);
    position = tokenPattern.lastIndex;
    tokens.push({ text, offset: position - text.length });
  }
  return tokens;
}

/**
 * Value of an arithmetic formula such as `3 * (W^2 - (W - 2*p)^2)` for given values of its letters.
 * Knows + − × ÷ written `+ - * /`, whole powers `^` and brackets; nothing else.
 * @throws FormulaError with the offset of the first thing that can't be read.
 */
export function evaluateFormula(formula: string, values: Readonly<Record<string, number>>): number {
  const tokens = tokenise(formula);
  let next = 0;
  const take = (...texts: string[]): Token | undefined => {
    const token = tokens[next];
    if (!token || !texts.includes(token.text)) return undefined;
    next += 1;
    return token;
  };

  const atom = (): number => {
    const token = tokens[next];
    if (!token) throw new FormulaError('the formula ends too early', formula.length);
    next += 1;
    if (token.text === '(') {
      const value = sum();
      if (!take(')')) throw new FormulaError('a bracket is not closed', token.offset);
      return value;
    }
    if (token.text === '-') return -power();
    if (/^\d/.test(token.text)) return Number(token.text);
    if (/^[A-Za-z]/.test(token.text)) {
      const value = values[token.text];
      if (value === undefined) throw new FormulaError(`"${token.text}" has no value`, token.offset);
      return value;
    }
    throw new FormulaError(`unexpected "${token.text}"`, token.offset);
  };
  const power = (): number => {
    const base = atom();
    const sign = take('^');
    if (!sign) return base;
    const exponent = power();
    if (!Number.isInteger(exponent) || exponent < 0) throw new FormulaError('only whole powers from 0 up', sign.offset);
    let value = 1;
    for (let i = 0; i < exponent; i += 1) value *= base;
    return value;
  };
  const product = (): number => {
    let value = power();
    for (let sign = take('*', '/'); sign; sign = take('*', '/')) {
      const factor = power();
      value = sign.text === '*' ? value * factor : value / factor;
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      const term = product();
      value = sign.text === '+' ? value + term : value - term;
    }
    return value;
  };

  const value = sum();
  const rest = tokens[next];
  if (rest) throw new FormulaError(`unexpected "${rest.text}"`, rest.offset);
  return value;
}

/** The letters that a formula uses, in order of first appearance. */
export function lettersOf(formula: string): readonly string[] {
  return [...new Set(tokenise(formula).flatMap(({ text }) => (/^[A-Za-z]/.test(text) ? [text] : [])))];
}
