import { textToByteCharacters } from './byte-characters.ts';
import type { JsonPart } from './json-part.ts';
import { letters, numbers, punctuation } from './unicode-tables.ts';

/**
 * Splits a text into the words that the model is given one by one. `isStart` says whether the text is the start of what
 * is encoded. Empty words are left out.
 */
export type Splitter = (text: string, isStart: boolean) => readonly string[];

const contractions = "'s|'t|'re|'ve|'m|'ll|'d";
const letter = `[${letters.ranges}]`;
const number = `[${numbers.ranges}]`;
const other = `[^\\p{White_Space}${letters.ranges}${numbers.ranges}]`;

/** GPT-2's pattern: words and numbers with the blank before them, runs of other characters, white space. */
const gpt2Pattern = new RegExp(
  `${contractions}| ?${letter}+| ?${number}+| ?${other}+|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+`,
  'gu',
);

/** CLIP's: words, single digits, runs of other characters; white space is in none of them. */
const clipPattern = new RegExp(`${contractions}|${letter}+|${number}|${other}+`, 'gu');

/** The patterns that tokenizer files may ask for, as they are written there. */
const patterns: ReadonlyMap<string, RegExp> = new Map([
  ["'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", gpt2Pattern],
  ["'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+", clipPattern],
]);

/**
 * The text in pieces: the matches of a pattern, none of them empty, and what stands between them. Every tokenizer
 * shares the patterns: `matchAll` would copy one, and its long lists of letters, for each word.
 */
function pieces(text: string, pattern: RegExp): readonly { readonly text: string; readonly isMatch: boolean }[] {
  const found: { text: string; isMatch: boolean }[] = [];
  let end = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), isMatch: false });
    found.push({ text: match[0], isMatch: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), isMatch: false });
  return found;
}

/** BERT's: at white space, and before and behind every punctuation mark. */
export const bertSplitter: Splitter = (text) => {
  const words: string[] = [];
  for (const run of text.split(/\p{White_Space}+/u)) {
    let word = '';
    for (const character of run) {
      if (punctuation.has(character.codePointAt(0) ?? 0)) {
        if (word !== '') words.push(word);
        words.push(character);
        word = '';
      } else {
        word += character;
      }
    }
    if (word !== '') words.push(word);
  }
  return words;
};

const readers: ReadonlyMap<string, (part: JsonPart) => Splitter> = new Map([
  ['ByteLevel', readByteLevel],
  ['Split', readSplit],
  ['BertPreTokenizer', (): Splitter => bertSplitter],
  ['Metaspace', readMetaspace],
  ['Sequence', readSequence],
]);

/** The splitter that a part of a tokenizer.json describes. Throws TokenizerError for one that isn't known here. */
export const readSplitter = (part: JsonPart): Splitter => part.pick('type', readers)(part);

function readSequence(part: JsonPart): Splitter {
  const steps = part.get('pretokenizers').list().map(readSplitter);
  return (text, isStart) =>
    steps.reduce<readonly string[]>((words, step) => words.flatMap((word, index) => step(word, isStart && index === 0)), [text]);
}

function readByteLevel(part: JsonPart): Splitter {
  const prefix = part.get('add_prefix_space').truth() ? ' ' : '';
  const splits = part.find('use_regex')?.truth() ?? true;
  return (text) => {
    const whole = text.startsWith(' ') ? text : prefix + text;
    const words = splits ? pieces(whole, gpt2Pattern).map((piece) => piece.text) : [whole];
    return words.map(textToByteCharacters);
  };
}

function readSplit(part: JsonPart): Splitter {
  const pattern = part.get('pattern').pick('Regex', patterns);
  const keepsAll = part.pick('behavior', new Map([['Removed', false], ['Isolated', true]]));
  const kept = part.find('invert')?.truth() ?? false;
  return (text) =>
    pieces(text, pattern).flatMap((piece) => (keepsAll || piece.isMatch === kept ? [piece.text] : []));
}

/** SentencePiece's: blanks become a mark, one is put in front, and words start at it. */
function readMetaspace(part: JsonPart): Splitter {
  const mark = part.get('replacement').character();
  const scheme = part.find('prepend_scheme');
  const inFront = part.find('add_prefix_space')?.truth() === false ? 'never' : (scheme?.text() ?? 'always');
  if (!['always', 'first', 'never'].includes(inFront)) scheme?.fail('must be always, first or never');
  const splits = part.find('split')?.truth() ?? true;
  return (text, isStart) => {
    const marked = text.replaceAll(' ', () => mark);
    const wanted = inFront === 'always' || (inFront === 'first' && isStart);
    const whole = wanted && !marked.startsWith(mark) ? mark + marked : marked;
    if (!splits) return whole === '' ? [] : [whole];
    return whole.split(mark).map((word, index) => (index === 0 ? word : mark + word)).filter((word) => word !== '');
  };
}
