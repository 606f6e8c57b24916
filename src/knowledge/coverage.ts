import { markdownBlocks } from './markdown-blocks.ts';
import { markdownSpans } from './markdown-spans.ts';
import { sentencesOf } from './sentences.ts';

/** How much of a text says where it comes from; `cited`, `recalled` and `ours` add up to `sentences`. */
export interface Coverage {
  /** Sentences of prose: in paragraphs and list items, not in headings (run-in ones neither), tables, formulas and code. */
  readonly sentences: number;
  /** Sentences that carry a :cite. */
  readonly cited: number;
  /** Sentences of which something stands in :recall, whether they carry a :cite or not. */
  readonly recalled: number;
  /** The rest: our own, numbers of our records among it. */
  readonly ours: number;
}

/** Signs that stand for a formula or code, and for a citation, while sentences are counted. */
const [literal, citation] = ['\ue000', '\ue001'];
const isWord = /[\p{L}\p{N}\ue000]/u;

/** Emphasised words with a full stop before a paragraph's first sentence: a heading that stands in the line. */
const runIn = /^(\*{1,2}|_{1,2})[^*_]+\1\.?$/;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Prose {
  readonly text: string;
  /** What of it stands in :recall. */
  readonly recalled: readonly Stretch[];
}

/** A block's text with directives taken apart: what is recalled stays, the words of a number too, a citation becomes one sign. */
function proseOf(block: string): Prose {
  const cuts: (Stretch & { readonly sign: string })[] = [];
  const labels: Stretch[] = [];
  for (const span of markdownSpans(block)) {
    const { start, end } = span;
    if (span.kind === 'code' || span.kind === 'math') cuts.push({ start, end, sign: literal });
    else if (span.kind !== 'directive') cuts.push({ start, end, sign: '' });
    else if (span.label && span.name === 'cite') cuts.push({ start, end, sign: citation });
    else if (span.label && span.name === 'recall') {
      labels.push(span.label);
      cuts.push({ start, end: span.label.start, sign: '' }, { start: span.label.end, end, sign: '' });
    } else if (span.label && span.attributes && span.name === 'measured') {
      cuts.push({ start, end: span.label.start, sign: '' }, { start: span.label.end, end: span.attributes.end + 1, sign: '' });
    }
  }
  const recalled: Stretch[] = [];
  let text = '';
  let at = 0;
  const take = (end: number): void => {
    const isRecalled = labels.some((label) => at >= label.start && end <= label.end);
    if (isRecalled && end > at) recalled.push({ start: text.length, end: text.length + end - at });
    text += block.slice(at, end);
  };
  for (const { start, end, sign } of cuts.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    take(start);
    text += sign === citation && /[.!?]$/.test(text) ? ` ${sign}` : sign;
    at = end;
  }
  take(block.length);
  return { text, recalled };
}

/** The sentences of a paragraph; citations that follow a full stop belong to the sentence before it. */
function countIn({ text, recalled }: Prose): Coverage {
  let [sentences, cited, remembered] = [0, 0, 0];
  let previous: 'cited' | 'recalled' | 'ours' | undefined;
  for (const { start, end } of sentencesOf(text)) {
    const own = text.slice(start, end);
    const late = /^\ue001[\ue001\s.,;]*/.exec(own)?.[0] ?? '';
    if (late !== '' && previous === 'ours') {
      cited += 1;
      previous = 'cited';
    }
    const rest = late === '' || previous === undefined ? own : own.slice(late.length);
    if (!isWord.test(rest) || (text.slice(0, start).trim() === '' && end < text.trimEnd().length && runIn.test(own))) continue;
    sentences += 1;
    const from = start + own.length - rest.length;
    if (recalled.some((stretch) => stretch.start < end && stretch.end > from)) previous = 'recalled';
    else previous = rest.includes(citation) ? 'cited' : 'ours';
    if (previous === 'recalled') remembered += 1;
    if (previous === 'cited') cited += 1;
  }
  return { sentences, cited, recalled: remembered, ours: sentences - cited - remembered };
}

export const noCoverage: Coverage = { sentences: 0, cited: 0, recalled: 0, ours: 0 };

export function addCoverage(a: Coverage, b: Coverage): Coverage {
  return {
    sentences: a.sentences + b.sentences,
    cited: a.cited + b.cited,
    recalled: a.recalled + b.recalled,
    ours: a.ours + b.ours,
  };
}

/** Counts the sentences of a text below the front matter by where they come from. */
export function coverageOf(body: string): Coverage {
  return markdownBlocks(body)
    .filter(({ kind }) => kind === 'paragraph' || kind === 'item')
    .map(({ text }) => countIn(proseOf(text)))
    .reduce(addCoverage, noCoverage);
}
