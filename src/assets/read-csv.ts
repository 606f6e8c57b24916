import { ByteReader } from './bytes.ts';

export interface CsvTable {
  readonly header: readonly string[];
  /** As many texts in each as the header has. */
  readonly rows: readonly (readonly string[])[];
}

export interface CsvOptions {
  /** Default `','`; a tab for TSV. */
  readonly separator?: string;
}

/**
 * Reads comma-separated texts (RFC 4180: quotes around fields that hold separators, quotes or line ends, a quote
 * doubled inside; lines end with LF or CRLF; UTF-8, with or without a byte-order mark). The first line is the header.
 * Throws {@link FormatError} on a quote out of place and on rows of another length than the header.
 */
export function readCsv(bytes: Uint8Array, file: string, { separator = ',' }: CsvOptions = {}): CsvTable {
  const reader = new ByteReader(bytes, file);
  const text = reader.utf8(bytes.length, 'the text');
  const records: string[][] = [];
  let record: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const byteOffset = (position: number): number => new TextEncoder().encode(text.slice(0, position)).length;

  const endRecord = (start: number): void => {
    const header = records[0];
    if (header && record.length !== header.length) {
      reader.fail(`row ${records.length} has ${record.length} fields, the header ${header.length}`, byteOffset(start));
    }
    records.push(record);
    record = [];
  };
  const readQuoted = (): string => {
    const start = at;
    let field = '';
    for (;;) {
      const close = text.indexOf('"', at + 1);
      if (close < 0) reader.fail('a quote that is never closed', byteOffset(start));
      field += text.slice(at + 1, close);
      at = close + 1;
      if (text[at] !== '"') return field;
      field += '"';
    }
  };
  const readPlain = (): string => {
    const start = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n') {
      if (text[at] === '"') reader.fail('a quote inside a field without quotes around it', byteOffset(at));
      at++;
    }
    return text[at] === '\n' || at === text.length ? text.slice(start, at).replace(/\r$/, '') : text.slice(start, at);
  };

  let recordStart = at;
  while (at < text.length) {
    record.push(text[at] === '"' ? readQuoted() : readPlain());
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    if (text[at] === separator) {
      at++;
      if (at === text.length) record.push('');
    } else if (at === text.length || text[at] === '\n') {
      at++;
      endRecord(recordStart);
      recordStart = at;
      continue;
    } else {
      reader.fail('text after a closing quote', byteOffset(at));
    }
    if (at === text.length) endRecord(recordStart);
  }
  const [header, ...rows] = records;
  return header ? { header, rows } : reader.fail('the file is empty');
}
