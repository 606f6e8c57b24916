import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { gunzip, readNpz } from '../../src/assets/index.ts';
import { floats, join, npy, refusal, zip } from './fixtures.ts';
import type { ZipMember } from './fixtures.ts';

const content = npy('<f4', '(3,)', floats(1, 2, 3));
const member: ZipMember = { name: 'a.npy', content };
const damaged = (change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = zip([member]);
  change(bytes);
  return bytes;
};
const endOf = (bytes: Uint8Array): number => bytes.length - 22;

const wrong: Readonly<Record<string, { file: Uint8Array; says: RegExp }>> = {
  'no archive': { file: join('hello, this is no archive at all'), says: /a zip archive expected/ },
  'cut short': { file: zip([member]).subarray(0, 100), says: /end of a zip archive is missing/ },
  'bytes at the end': { file: join(zip([member]), 'x'), says: /end of a zip archive is missing/ },
  'bytes at the start': { file: join('PKxx', zip([member])), says: /does not end where the end record begins/ },
  'the same name twice': { file: zip([member, member]), says: /stands twice/ },
  'a way out': { file: zip([{ ...member, name: '../a.npy' }]), says: /points out of the archive/ },
  'a way out in the middle': { file: zip([{ ...member, name: 'x/../../a.npy' }]), says: /points out of the archive/ },
  'an absolute name': { file: zip([{ ...member, name: '/etc/a.npy' }]), says: /absolute or empty/ },
  'a drive': { file: zip([{ ...member, name: 'C:a.npy' }]), says: /absolute or empty/ },
  'a backslash': { file: zip([{ ...member, name: '..\\a.npy' }]), says: /no file name here has/ },
  'a wrong checksum': { file: zip([{ ...member, checksum: 1 }]), says: /CRC-32 differs/ },
  'a wrong checksum of deflated data': {
    file: zip([{ ...member, deflated: true, checksum: 1 }]),
    says: /CRC-32 differs/,
  },
  'an encrypted member': { file: zip([{ ...member, flags: 1 }]), says: /encrypted/ },
  'an unknown method': { file: zip([{ ...member, method: 12 }]), says: /method 12/ },
  'two names': { file: zip([{ ...member, localName: 'b.npy' }]), says: /local header and directory differ/ },
  'a size that is too small': {
    file: zip([{ ...member, deflated: true, size: 20 }]),
    says: /unfold to more than the 20 bytes/,
  },
  'a size that is too large': {
    file: zip([{ ...member, deflated: true, size: 5000 }]),
    says: /has 140 bytes, not 5000|has \d+ bytes, not 5000/,
  },
  'a size beyond deflate': {
    file: zip([{ ...member, deflated: true, size: 2 ** 31 }]),
    says: /cannot have 2147483648 bytes/,
  },
  'a stored size that disagrees': { file: zip([{ ...member, size: 5 }]), says: /cannot have 5 bytes/ },
  'more members than the directory': {
    file: damaged((bytes) => (bytes[endOf(bytes) + 8] = bytes[endOf(bytes) + 10] = 9)),
    says: /for 9 members/,
  },
  'several parts': { file: damaged((bytes) => (bytes[endOf(bytes) + 4] = 1)), says: /several parts/ },
  'a damaged directory': { file: damaged((bytes) => (bytes[endOf(bytes) - 40] = 0xff)), says: /FormatError/ },
};
for (const [what, { file, says }] of Object.entries(wrong)) {
  test(`an archive is refused: ${what}`, async () => {
    const message = await refusal(() => readNpz(file, 'bad.npz'));
    assert.match(message, /^FormatError bad\.npz/);
    assert.match(message, says);
  });
}

test('members that lie upon each other are refused', async () => {
  const inner = zip([member]).subarray(0, -22 - 46 - 5);
  const file = zip([{ name: 'outer.npy', content: inner }, member]);
  const bytes = Uint8Array.from(file);
  const second = file.length - 22 - 46 - 'a.npy'.length;
  new DataView(bytes.buffer).setUint32(second + 42, 30 + 'outer.npy'.length, true);
  assert.match(await refusal(() => readNpz(bytes, 'bad.npz')), /overlaps another/);
});

test('damaged deflate data end in an error with their place', async () => {
  const packed = new Uint8Array(deflateRawSync(content));
  packed[2] = (packed[2] ?? 0) ^ 0xff;
  const file = zip([{ name: 'a.npy', content: packed, method: 8, size: content.length, checksum: 0 }]);
  assert.match(await refusal(() => readNpz(file, 'bad.npz')), /byte 35: /);
});

test('gzip files are unpacked up to a limit', async () => {
  const { gzipSync } = await import('node:zlib');
  const packed = new Uint8Array(gzipSync(new Uint8Array(5000)));
  assert.equal((await gunzip(packed, 'x.gz')).length, 5000);
  assert.match(await refusal(() => gunzip(packed, 'x.gz', 4999)), /more than the 4999 bytes/);
  assert.match(await refusal(() => gunzip(packed.subarray(0, -9), 'x.gz')), /damaged or cut short/);
  assert.match(await refusal(() => gunzip(join(packed, 'more'), 'x.gz')), /damaged or cut short/);
  assert.match(await refusal(() => gunzip(join('PK'), 'x.gz')), /not a gzip file/);
});
