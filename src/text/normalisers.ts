import type { JsonPart } from './json-part.ts';
import { quoted } from './vocabulary.ts';
import { assigned, controls, nonspacingMarks } from './unicode-tables.ts';

/** Rewrites a text before it is split. */
export type Normaliser = (text: string) => string;

type Form = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

const unassigned = new RegExp(`[^${assigned.ranges}]+`, 'u');
const space = /^\p{White_Space}$/u;

/**
 * A normal form of Unicode 9.0: code points that this version doesn't assign stay as they are and keep what stands
 * before and behind them apart, so that the result is the same in every engine.
 */
export function normalForm(text: string, form: Form): string {
  if (!unassigned.test(text)) return text.normalize(form);
  const parts = text.split(new RegExp(`(${unassigned.source})`, 'u'));
  return parts.map((part, index) => (index % 2 === 0 ? part.normalize(form) : part)).join('');
}

/** Lower case, each character by itself: a Greek Σ at the end of a word becomes σ, as in the library. */
export function lowerCase(text: string): string {
  let lower = '';
  for (const character of text) lower += character.toLowerCase();
  return lower;
}

export interface BertCleaning {
  /** Leaves out control characters, U+0000 and U+FFFD; every white space becomes a blank. */
  readonly cleanText: boolean;
  /** Puts blanks around Chinese characters. */
  readonly separateChinese: boolean;
  readonly stripAccents: boolean;
  readonly lowerCase: boolean;
}

/** BERT's cleaning of text. Source: huggingface/tokenizers, normalizers/bert.rs. */
export function bertNormaliser(cleaning: BertCleaning): Normaliser {
  return (text) => {
    let result = text;
    if (cleaning.cleanText) result = cleaned(result);
    if (cleaning.separateChinese) {
      result = mapCharacters(result, (character, code) => (isChinese(code) ? ` ${character} ` : character));
    }
    if (cleaning.stripAccents) {
      result = mapCharacters(normalForm(result, 'NFD'), (character, code) => (nonspacingMarks.has(code) ? '' : character));
    }
    return cleaning.lowerCase ? lowerCase(result) : result;
  };
}

function cleaned(text: string): string {
  return mapCharacters(text, (character, code) => {
    if (character === '\t' || character === '\n' || character === '\r') return ' ';
    if (code === 0xfffd || controls.has(code)) return '';
    return space.test(character) ? ' ' : character;
  });
}

function mapCharacters(text: string, map: (character: string, codePoint: number) => string): string {
  let result = '';
  for (const character of text) result += map(character, character.codePointAt(0) ?? 0);
  return result;
}

/** Blocks of Chinese characters; the sixth starts 256 code points late, as it does in the library. */
const chinese: readonly (readonly [number, number])[] = [
  [0x4e00, 0x9fff],
  [0x3400, 0x4dbf],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff],
  [0x2f800, 0x2fa1f],
];

const isChinese = (code: number): boolean => chinese.some(([first, last]) => code >= first && code <= last);

const normalFormReader = (form: Form) => (): Normaliser => (text) => normalForm(text, form);

const readers: ReadonlyMap<string, (part: JsonPart) => Normaliser> = new Map([
  ['NFC', normalFormReader('NFC')],
  ['NFD', normalFormReader('NFD')],
  ['NFKC', normalFormReader('NFKC')],
  ['NFKD', normalFormReader('NFKD')],
  ['Lowercase', (): Normaliser => lowerCase],
  ['Prepend', readPrepend],
  ['Replace', readReplace],
  ['BertNormalizer', readBertNormaliser],
  ['Sequence', readSequence],
]);

/** The normaliser that a part of a tokenizer.json describes. Throws TokenizerError for one that isn't known here. */
export const readNormaliser = (part: JsonPart): Normaliser => part.pick('type', readers)(part);

function readSequence(part: JsonPart): Normaliser {
  const steps = part.get('normalizers').list().map(readNormaliser);
  return (text) => steps.reduce((result, step) => step(result), text);
}

function readPrepend(part: JsonPart): Normaliser {
  const prefix = part.get('prepend').text();
  return (text) => (text === '' ? '' : prefix + text);
}

function readReplace(part: JsonPart): Normaliser {
  const content = part.get('content').text();
  const pattern = part.get('pattern');
  const regex = pattern.find('Regex');
  if (!regex) {
    const literal = pattern.get('String').someText();
    return (text) => text.replaceAll(literal, () => content);
  }
  if (regex.text() !== '\\s+') regex.fail(`is ${quoted(regex.text())}; the only pattern known here is "\\\\s+"`);
  return (text) => text.replace(/\p{White_Space}+/gu, () => content);
}

function readBertNormaliser(part: JsonPart): Normaliser {
  const lower = part.get('lowercase').truth();
  return bertNormaliser({
    cleanText: part.get('clean_text').truth(),
    separateChinese: part.get('handle_chinese_chars').truth(),
    stripAccents: part.find('strip_accents')?.truth() ?? lower,
    lowerCase: lower,
  });
}
