import type { HTMLElement } from 'node-html-parser';
import { placeOf } from './page-check.ts';
import type { MakeCheck } from './page-check.ts';

/** Elements that say something by being there. */
const speaking = 'img, svg, math, input, select, textarea, canvas, video, audio, meter, progress';
/** Elements of which one that is empty is a place that only a script fills. */
const filled: readonly string[] = ['DIV', 'SECTION', 'ARTICLE', 'P', 'UL', 'OL', 'DL', 'LI', 'TABLE', 'TBODY', 'TR', 'FIGURE', 'OUTPUT', 'NAV', 'ASIDE', 'DETAILS', 'H2', 'H3', 'BUTTON', 'A'];

const hasText = ({ text }: HTMLElement): boolean => text.trim() !== '';
const isHidden = (element: HTMLElement): boolean => element.closest('[hidden], template, dialog, [aria-hidden=true]') !== null;
/** Regions in which a script announces something have nothing to announce before it. */
const isAnnouncing = (element: HTMLElement): boolean => element.closest('[aria-live], [role=status], [role=alert]') !== null;

/** The text stands in the page itself. */
export const readableWithoutScript: MakeCheck = () => {
  let count = 0;
  return {
    promise: 'every page says what it has to say without a script, and leaves no visible place for one to fill',
    what: 'elements of main text',
    floor: (pages) => pages * 10,
    *see({ html }) {
      const main = html.querySelector('main');
      const text = main?.text.replace(/\s+/g, ' ').trim() ?? '';
      if (main === null || text.length < 60) yield `the main text has ${text.length} characters`;
      for (const element of main?.querySelectorAll('*') ?? []) {
        count += 1;
        if (!filled.includes(element.tagName) || hasText(element) || element.querySelector(speaking) !== null) continue;
        if (isHidden(element) || isAnnouncing(element) || (element.getAttribute('aria-label') ?? '') !== '') continue;
        yield `${placeOf(element)} is empty until a script fills it`;
      }
    },
    examined: () => count,
  };
};

/** Formulas are drawn by the browser itself; nothing of their source, or of a directive, is left in the text. */
export const formulas: MakeCheck = () => {
  let count = 0;
  return {
    promise: 'formulas are MathML, and nothing of their source or of a directive is left in the text',
    what: 'formulas',
    floor: (pages) => Math.ceil(pages / 4),
    *see({ html }) {
      count += html.querySelectorAll('math').length;
      const text = html.querySelector('main')?.text ?? '';
      const left = /\$[^$\n]*\\[a-z]+|:cite\[|:recall\[|\\frac|\\mathcal/.exec(text);
      if (left) yield `the text holds "${text.slice(left.index, left.index + 60)}"`;
      if (html.querySelector('.katex, .temml-error, merror')) yield 'a formula is no plain MathML';
    },
    examined: () => count,
  };
};

/** An id names one place. */
export const singleIds: MakeCheck = () => {
  let count = 0;
  return {
    promise: 'no id stands twice on a page',
    what: 'ids',
    floor: (pages) => pages,
    *see({ elements }) {
      const seen = new Set<string>();
      for (const { id } of elements) {
        if (!id) continue;
        count += 1;
        if (seen.has(id)) yield `"${id}" stands twice`;
        seen.add(id);
      }
    },
    examined: () => count,
  };
};
