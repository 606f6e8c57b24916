import { tokenToBytes } from './byte-characters.ts';
import type { JsonPart } from './json-part.ts';

/** Turns tokens, in their order, into pieces of text, which are then joined. */
export type Decoder = (tokens: readonly string[]) => readonly string[];

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes written as characters become text; bytes that aren't UTF-8 become U+FFFD. */
const byteLevel: Decoder = (tokens) => {
  const parts = tokens.map(tokenToBytes);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return [lenient.decode(bytes)];
};

/** Runs of tokens `<0xNN>` become the text of their bytes; if these aren't UTF-8, each becomes U+FFFD. */
export const byteFallback: Decoder = (tokens) => {
  const pieces: string[] = [];
  let bytes: number[] = [];
  const flush = (): void => {
    try {
      if (bytes.length > 0) pieces.push(strict.decode(Uint8Array.from(bytes)));
    } catch {
      pieces.push('\uFFFD'.repeat(bytes.length));
    }
    bytes = [];
  };
  for (const token of tokens) {
    const digits = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    if (digits === undefined) {
      flush();
      pieces.push(token);
    } else {
      bytes.push(Number.parseInt(digits, 16));
    }
  }
  flush();
  return pieces;
};

/** All pieces become one. */
export const fuse: Decoder = (tokens) => [tokens.join('')];

/** Takes up to `start` times the character from the front of each piece and up to `stop` times from its end. */
export function strip(character: string, start: number, stop: number): Decoder {
  return (tokens) =>
    tokens.map((token) => {
      const characters = Array.from(token);
      let from = 0;
      let to = characters.length;
      while (from < Math.min(start, to) && characters[from] === character) from += 1;
      while (characters.length - to < stop && to > from && characters[to - 1] === character) to -= 1;
      return characters.slice(from, to).join('');
    });
}

/** What BERT's tokenizing put apart and English writes together, in this order. */
const tidied: readonly (readonly [string, string])[] = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [' do not', " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
];

/** Pieces that continue a word lose their prefix, the others get a blank before them; then each is tidied up. */
export function wordPieceDecoder(prefix: string, tidies: boolean): Decoder {
  return (tokens) =>
    tokens.map((token, index) => {
      const continued = token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
      const piece = index === 0 ? token : continued;
      return tidies ? tidied.reduce((text, [apart, together]) => text.replaceAll(apart, together), piece) : piece;
    });
}

const readers: ReadonlyMap<string, (part: JsonPart) => Decoder> = new Map([
  ['ByteLevel', (): Decoder => byteLevel],
  ['ByteFallback', (): Decoder => byteFallback],
  ['Fuse', (): Decoder => fuse],
  ['Strip', readStrip],
  ['Replace', readReplace],
  ['WordPiece', readWordPiece],
  ['Metaspace', readMetaspace],
  ['BPEDecoder', readEndOfWord],
  ['Sequence', readSequence],
]);

/** The decoder that a part of a tokenizer.json describes. Throws TokenizerError for one that isn't known here. */
export const readDecoder = (part: JsonPart): Decoder => part.pick('type', readers)(part);

function readSequence(part: JsonPart): Decoder {
  const steps = part.get('decoders').list().map(readDecoder);
  return (tokens) => steps.reduce((pieces, step) => step(pieces), tokens);
}

function readStrip(part: JsonPart): Decoder {
  return strip(part.get('content').character(), part.get('start').number(), part.get('stop').number());
}

function readReplace(part: JsonPart): Decoder {
  const literal = part.get('pattern').get('String').someText();
  const content = part.get('content').text();
  return (tokens) => tokens.map((token) => token.replaceAll(literal, () => content));
}

function readWordPiece(part: JsonPart): Decoder {
  return wordPieceDecoder(part.get('prefix').text(), part.find('cleanup')?.truth() ?? true);
}

function readMetaspace(part: JsonPart): Decoder {
  const mark = part.get('replacement').character();
  const isPrepended = part.find('add_prefix_space')?.truth() !== false && part.find('prepend_scheme')?.text() !== 'never';
  return (tokens) => tokens.map((token, index) => token.replaceAll(mark, index === 0 && isPrepended ? '' : ' '));
}

function readEndOfWord(part: JsonPart): Decoder {
  const suffix = part.get('suffix').someText();
  return (tokens) => tokens.map((token, index) => token.replaceAll(suffix, index === tokens.length - 1 ? '' : ' '));
}
