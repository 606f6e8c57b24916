import { FormatError } from './bytes.ts';

export interface LabelledLines {
  readonly sentences: readonly string[];
  /** From 0 on. */
  readonly labels: Uint8Array;
}

/** How a line says sentence and label. */
export interface LineForm {
  readonly label: 'first' | 'last';
  /** Between the two; nothing else than this one character. */
  readonly separator: ' ' | '\t';
  readonly classes: number;
  /** UTF-8 when left out. */
  readonly encoding?: 'latin1';
}

const control = /[\p{Cc}\u2028\u2029]/u;

function decoded(bytes: Uint8Array, encoding: LineForm['encoding']): string | undefined {
  // not TextDecoder, whose latin1 is windows-1252
  if (encoding === 'latin1') return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads sentences with their labels, one a line: `5 How far is it ?`, or `how far is it<tab>5`. Lines end with LF or CRLF,
 * the last one may lack its end. Throws {@link FormatError}, one sentence with the line: for bytes that aren't UTF-8, a
 * label that no class has, a sentence that is missing, holds a control character, or begins or ends with a blank.
 */
export function readLabelledLines(bytes: Uint8Array, file: string, form: LineForm): LabelledLines {
  const { label: place, separator, classes, encoding } = form;
  const sentences: string[] = [];
  const labels: number[] = [];
  if (bytes.length === 0) throw new FormatError(file, 0, 'the file is empty');
  for (let start = 0, next = 0; start < bytes.length; start = next) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    next = stop + 1;
    const fail = (reason: string): never => {
      throw new FormatError(file, start, `line ${sentences.length + 1} ${reason}`);
    };
    const line = decoded(bytes.subarray(start, bytes[stop - 1] === 0x0d ? stop - 1 : stop), encoding) ?? fail('is not UTF-8');
    if (line === '') fail('is empty');
    const cut = place === 'first' ? line.indexOf(separator) : line.lastIndexOf(separator);
    if (cut < 0) fail(`has no ${separator === '\t' ? 'tab' : 'blank'} between label and sentence`);
    const [before, behind] = [line.slice(0, cut), line.slice(cut + 1)];
    const [label, sentence] = place === 'first' ? [before, behind] : [behind, before];
    if (!/^[0-9]{1,3}$/.test(label) || Number(label) >= classes) {
      fail(`has the label '${label.slice(0, 40)}'; labels are 0 to ${classes - 1}`);
    }
    if (sentence === '') fail('has no sentence');
    if (control.test(sentence)) fail('has a control character in its sentence');
    if (sentence !== sentence.trim()) fail('has a blank before or behind its sentence');
    sentences.push(sentence);
    labels.push(Number(label));
  }
  return { sentences, labels: Uint8Array.from(labels) };
}
