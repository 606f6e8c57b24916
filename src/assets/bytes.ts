/** A file that is not what it claims to be, or holds what this project does not read. Nothing of it was used. */
export class FormatError extends Error {
  readonly file: string;
  /** Byte offset in `file` at which reading failed. */
  readonly offset: number;
  readonly reason: string;

  constructor(file: string, offset: number, reason: string) {
    super(`${file}: byte ${offset}: ${reason}`);
    this.name = 'FormatError';
    this.file = file;
    this.offset = offset;
    this.reason = reason;
  }
}

/** A named place to get bytes from. */
export interface ByteSource {
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
}

/**
 * Reads a byte array from front to back and never beyond its end: every read that would pass the end throws a
 * {@link FormatError} that names the file, the offset and what was being read.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly file: string;
  position = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.file = file;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  fail(reason: string, offset = this.position): never {
    throw new FormatError(this.file, offset, reason);
  }

  /** Moves to `offset`, which must lie inside the file or at its end. */
  seek(offset: number, what: string): void {
    if (!Number.isInteger(offset) || offset < 0 || offset > this.bytes.length) {
      this.fail(`${what} lies at byte ${offset}, outside the file of ${this.bytes.length} bytes`);
    }
    this.position = offset;
  }

  /** Steps over `count` bytes and returns the offset where they start. */
  advance(count: number, what: string): number {
    if (!Number.isInteger(count) || count < 0) this.fail(`${what} has an impossible length (${count})`);
    if (count > this.left) this.fail(`the file ends inside ${what}: ${count} bytes needed, ${this.left} left`);
    const start = this.position;
    this.position += count;
    return start;
  }

  /** A view of the next `count` bytes, not a copy. */
  take(count: number, what: string): Uint8Array {
    const start = this.advance(count, what);
    return this.bytes.subarray(start, start + count);
  }

  uint8(what: string): number {
    return this.#view.getUint8(this.advance(1, what));
  }

  uint16(what: string, littleEndian = true): number {
    return this.#view.getUint16(this.advance(2, what), littleEndian);
  }

  uint32(what: string, littleEndian = true): number {
    return this.#view.getUint32(this.advance(4, what), littleEndian);
  }

  int32(what: string, littleEndian = true): number {
    return this.#view.getInt32(this.advance(4, what), littleEndian);
  }

  float64(what: string, littleEndian = true): number {
    return this.#view.getFloat64(this.advance(8, what), littleEndian);
  }

  /** A 64-bit unsigned number that must fit into the whole numbers a double holds exactly. */
  uint64(what: string): number {
    const start = this.advance(8, what);
    const value = this.#view.getBigUint64(start, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) this.fail(`${what} is ${value}, larger than any file`, start);
    return Number(value);
  }

  /** The next `count` bytes as strict UTF-8. */
  utf8(count: number, what: string): string {
    const start = this.position;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(count, what));
    } catch (error) {
      if (error instanceof FormatError) throw error;
      return this.fail(`${what} is not UTF-8`, start);
    }
  }

  /** The next `count` bytes, one character each. */
  latin1(count: number, what: string): string {
    let text = '';
    for (const byte of this.take(count, what)) text += String.fromCharCode(byte);
    return text;
  }

  /** Throws unless the next bytes are `expected`. */
  magic(expected: readonly number[], what: string): void {
    const start = this.position;
    const found = this.take(expected.length, what);
    if (expected.some((byte, i) => found[i] !== byte)) this.fail(`${what} expected; this is another format`, start);
  }

  /** Throws unless everything was read. */
  finish(after: string): void {
    if (this.left > 0) this.fail(`${this.left} bytes after ${after} belong to nothing`);
  }
}
