import { evaluateFormula, FormulaError, idFor, lettersOf } from '../../src/knowledge/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Check } from './conversation.ts';

export const something: Check = (answer) => (answer === '' ? 'Please write something.' : undefined);

export const anything: Check = () => undefined;

/** A name that gives a file name, and that no entry has. */
export const freeName =
  ({ methods, files }: Catalogue): Check =>
  (answer) => {
    const id = idFor(answer);
    if (id === '') return 'The name needs a letter or a digit.';
    const same = methods.find(({ name }) => name.toLowerCase() === answer.toLowerCase());
    if (same) return `There is an entry of that name: content/methods/${same.id}.md. Improve it, or choose a name that tells yours apart.`;
    if (files.some(({ path }) => path === `methods/${id}.md`)) {
      return `There is a file content/methods/${id}.md already; nothing is overwritten. Choose a name that tells yours apart.`;
    }
    return undefined;
  };

export const addressOrNone: Check = (answer) =>
  answer === 'none found' || (/^https:\/\/[^\s/]+\S*$/.test(answer) && URL.canParse(answer))
    ? undefined
    : 'An address that starts with https://, or: none found';

/** A formula that can be evaluated, or an empty answer where no count is known. */
export const formulaOrNothing: Check = (answer) => {
  if (answer === '') return undefined;
  try {
    evaluateFormula(answer, Object.fromEntries(lettersOf(answer).map((letter, i) => [letter, i + 2])));
    return undefined;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return `Letters, numbers, + - * / ^ and brackets; ${error.message} at character ${error.offset + 1}.`;
  }
};

export const arxivNumber: Check = (answer) =>
  /^\d{4}\.\d{4,5}(v\d+)?$|^[a-z-]+(\.[A-Z]{2})?\/\d{7}$/.test(answer) ? undefined : 'An arXiv number looks like 2203.12119.';

export const yearUpTo =
  (thisYear: number): Check =>
  (answer) =>
    /^\d{4}$/.test(answer) && Number(answer) >= 1950 && Number(answer) <= thisYear ? undefined : `A year from 1950 to ${thisYear}.`;
