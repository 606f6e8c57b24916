import { ByteReader, FormatError } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { inflate, inflatedAtMost } from './inflate.ts';

interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Offset of the local header. */
  readonly offset: number;
  /** Offset of its line in the central directory, for messages. */
  readonly listed: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const encrypted = 0x0001 | 0x0040 | 0x2000;
const utf8Names = 0x0800;
const full16 = 0xffff;
const full32 = 0xffffffff;

function checkName(name: string, fail: (reason: string) => never): void {
  const parts = name.split('/');
  const shown = JSON.stringify(name);
  if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name)) {
    fail(`member ${shown} has an absolute or empty name`);
  }
  if (parts.some((part) => part === '..' || part === '.')) fail(`member ${shown} points out of the archive`);
  if (/[\\\0]/.test(name)) fail(`member ${shown} has a character that no file name here has`);
}

/** Finds the end record: it must close the file, comment included. */
function findEnd(reader: ByteReader): number {
  const { bytes } = reader;
  const earliest = Math.max(0, bytes.length - 22 - full16);
  for (let at = bytes.length - 22; at >= earliest; at--) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b || bytes[at + 2] !== 5 || bytes[at + 3] !== 6) continue;
    reader.seek(at + 20, 'the archive comment');
    if (at + 22 + reader.uint16('the archive comment') === bytes.length) return at;
  }
  return reader.fail('the end of a zip archive is missing: the file is cut short, or is no archive', bytes.length);
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
}

function readDirectory64(reader: ByteReader, end: number): { directory: Directory; offset: number } {
  reader.seek(end - 20, 'the zip64 locator');
  if (reader.uint32('the zip64 locator') !== locator64Signature) reader.fail('the zip64 locator is missing', end - 20);
  const disk = reader.uint32('the zip64 locator');
  const offset = reader.uint64('the zip64 end record');
  const disks = reader.uint32('the zip64 locator');
  if (disk !== 0 || disks > 1) reader.fail('an archive in several parts', end - 20);
  reader.seek(offset, 'the zip64 end record');
  if (reader.uint32('the zip64 end record') !== end64Signature) reader.fail('the zip64 end record is missing', offset);
  const length = reader.uint64('the zip64 end record');
  if (offset + 12 + length !== end - 20) reader.fail('the zip64 end record has a wrong length', offset);
  reader.advance(4, 'the zip64 end record');
  const parts = reader.uint32('the zip64 end record') + reader.uint32('the zip64 end record');
  const here = reader.uint64('the number of members');
  const count = reader.uint64('the number of members');
  if (parts !== 0 || here !== count) reader.fail('an archive in several parts', offset);
  const size = reader.uint64('the size of the directory');
  return { directory: { count, size, offset: reader.uint64('the directory') }, offset };
}

function readDirectory(reader: ByteReader): Directory {
  const end = findEnd(reader);
  reader.seek(end, 'the end record');
  if (reader.uint32('the end record') !== endSignature) reader.fail('the end record is damaged', end);
  const parts = reader.uint16('the end record') + reader.uint16('the end record');
  const here = reader.uint16('the number of members');
  const count = reader.uint16('the number of members');
  const size = reader.uint32('the size of the directory');
  const offset = reader.uint32('the directory');
  const hasLocator =
    end >= 20
    && reader.bytes[end - 20] === 0x50
    && reader.bytes[end - 19] === 0x4b
    && reader.bytes[end - 18] === 6
    && reader.bytes[end - 17] === 7;
  if (hasLocator || count === full16 || size === full32 || offset === full32) {
    const { directory, offset: end64 } = readDirectory64(reader, end);
    if (directory.offset + directory.size !== end64) {
      reader.fail('the directory does not end where the end record begins', end64);
    }
    return directory;
  }
  if (parts !== 0 || here !== count) reader.fail('an archive in several parts', end);
  if (offset + size !== end) reader.fail('the directory does not end where the end record begins', end);
  return { count, size, offset };
}

/** Sizes and offsets too large for 32 bits stand in an extra field, in this order, each only where it is needed. */
function readExtra64(
  extra: Uint8Array,
  file: string,
  wanted: { packed: number; size: number; offset: number },
): typeof wanted {
  const { packed, size, offset } = wanted;
  if (packed !== full32 && size !== full32 && offset !== full32) return wanted;
  const reader = new ByteReader(extra, file);
  while (reader.left >= 4) {
    const id = reader.uint16('an extra field');
    const length = reader.uint16('an extra field');
    if (id !== 1) {
      reader.advance(length, 'an extra field');
      continue;
    }
    const next = (value: number): number => (value === full32 ? reader.uint64('a zip64 size') : value);
    const fullSize = next(size);
    const fullPacked = next(packed);
    return { packed: fullPacked, size: fullSize, offset: next(offset) };
  }
  return reader.fail('a zip64 size is missing');
}

function readMember(reader: ByteReader): Member {
  const listed = reader.position;
  if (reader.uint32('the directory') !== centralSignature) {
    reader.fail('the directory of the archive is damaged', listed);
  }
  reader.advance(4, 'the directory');
  const flags = reader.uint16('the directory');
  const method = reader.uint16('the directory');
  reader.advance(4, 'the directory');
  const checksum = reader.uint32('the directory');
  const packed = reader.uint32('the directory');
  const size = reader.uint32('the directory');
  const nameLength = reader.uint16('the directory');
  const extraLength = reader.uint16('the directory');
  const commentLength = reader.uint16('the directory');
  const part = reader.uint16('the directory');
  reader.advance(6, 'the directory');
  const offset = reader.uint32('the directory');
  const name = flags & utf8Names ? reader.utf8(nameLength, 'a name') : reader.latin1(nameLength, 'a name');
  const extra = reader.take(extraLength, 'an extra field');
  reader.advance(commentLength, 'a comment');
  checkName(name, (reason) => reader.fail(reason, listed));
  if (part !== 0) reader.fail('an archive in several parts', listed);
  if (flags & encrypted) reader.fail(`member ${JSON.stringify(name)} is encrypted`, listed);
  if (method !== 0 && method !== 8) {
    reader.fail(
      `member ${JSON.stringify(name)} is packed by method ${method}; stored and deflated ones are read`,
      listed,
    );
  }
  return {
    name,
    flags,
    method,
    checksum,
    listed,
    ...readExtra64(extra, `${reader.file} (extra field of ${name})`, { packed, size, offset }),
  };
}

/** Checks the local header against the directory and returns where the packed data start. */
function dataStart(reader: ByteReader, member: Member): number {
  const shown = JSON.stringify(member.name);
  reader.seek(member.offset, `member ${shown}`);
  if (reader.uint32('a local header') !== localSignature) {
    reader.fail(`member ${shown} is not where the directory says`, member.offset);
  }
  reader.advance(2, 'a local header');
  const flags = reader.uint16('a local header');
  const method = reader.uint16('a local header');
  reader.advance(4, 'a local header');
  const checksum = reader.uint32('a local header');
  const packed = reader.uint32('a local header');
  const size = reader.uint32('a local header');
  const nameLength = reader.uint16('a local header');
  const extraLength = reader.uint16('a local header');
  const name = flags & utf8Names ? reader.utf8(nameLength, 'a name') : reader.latin1(nameLength, 'a name');
  reader.advance(extraLength, 'an extra field');
  if (name !== member.name || method !== member.method) {
    reader.fail(`member ${shown}: local header and directory differ`, member.offset);
  }
  const later = (flags & 0x0008) !== 0;
  const differs = (local: number, listed: number): boolean =>
    local !== listed && local !== full32 && !(later && local === 0);
  if (differs(checksum, member.checksum) || differs(packed, member.packed) || differs(size, member.size)) {
    reader.fail(`member ${shown}: local header and directory differ`, member.offset);
  }
  return reader.position;
}

/**
 * Reads all members of a zip archive (stored or deflated, zip64 too), each checked against its CRC-32. Directories
 * are left out. Throws {@link FormatError} for archives that are cut short, have bytes around them, name a member
 * twice or with a path that leads elsewhere, or let members overlap. Format: PKWARE APPNOTE 6.3.
 */
export async function readZip(bytes: Uint8Array, file: string): Promise<Map<string, Uint8Array>> {
  const reader = new ByteReader(bytes, file);
  reader.magic([0x50, 0x4b], 'a zip archive');
  const directory = readDirectory(reader);
  if (directory.count * 46 > directory.size) {
    reader.fail(`a directory of ${directory.size} bytes for ${directory.count} members`, directory.offset);
  }
  reader.seek(directory.offset, 'the directory');
  const members = Array.from({ length: directory.count }, () => readMember(reader));
  if (reader.position !== directory.offset + directory.size) reader.fail('the directory has a wrong length');

  const contents = new Map<string, Uint8Array>();
  let free = 0;
  for (const member of [...members].sort((a, b) => a.offset - b.offset)) {
    const shown = JSON.stringify(member.name);
    if (member.offset < free) reader.fail(`member ${shown} overlaps another`, member.listed);
    const start = dataStart(reader, member);
    free = start + member.packed;
    if (free > directory.offset) reader.fail(`the data of member ${shown} run into the directory`, member.listed);
    if (contents.has(member.name)) reader.fail(`member ${shown} stands twice in the archive`, member.listed);
    const packed = bytes.subarray(start, free);
    const tooLarge = member.method === 0 ? member.size !== member.packed : member.size > inflatedAtMost(member.packed);
    if (tooLarge) {
      reader.fail(`member ${shown} cannot have ${member.size} bytes when packed into ${member.packed}`, member.listed);
    }
    const content =
      member.method === 0
        ? packed
        : await inflate({ bytes: packed, format: 'deflate-raw', file, offset: start, atMost: member.size });
    if (content.length !== member.size) {
      throw new FormatError(file, start, `member ${shown} has ${content.length} bytes, not ${member.size}`);
    }
    if (crc32(content) !== member.checksum) {
      throw new FormatError(file, start, `member ${shown} is damaged: its CRC-32 differs`);
    }
    contents.set(member.name, content);
  }
  return new Map(
    members.flatMap(({ name }) => (name.endsWith('/') ? [] : [[name, contents.get(name) ?? new Uint8Array()]])),
  );
}
