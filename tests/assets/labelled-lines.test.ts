import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FormatError, readLabelledLines } from '../../src/assets/index.ts';
import type { LineForm } from '../../src/assets/index.ts';
import { sentencesFromLines } from '../../src/assets/language-converters.ts';
import { refusal } from './fixtures.ts';

const first: LineForm = { label: 'first', separator: ' ', classes: 6 };
const last: LineForm = { label: 'last', separator: '\t', classes: 2 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('labelled lines read back as what was written, with either end of lines', () => {
  const sentence = fc.stringMatching(/^[!-~é☂]([ -~é☂]{0,20}[!-~é☂])?$/u);
  fc.assert(
    fc.property(fc.array(fc.tuple(sentence, fc.nat(1)), { minLength: 1, maxLength: 6 }), fc.boolean(), fc.boolean(), (lines, windows, closed) => {
      const end = windows ? '\r\n' : '\n';
      const inFirst = lines.map(([text, label]) => `${label} ${text}`).join(end) + (closed ? end : '');
      const inLast = lines.map(([text, label]) => `${text}\t${label}`).join(end) + (closed ? end : '');
      for (const read of [readLabelledLines(bytes(inFirst), 'a', first), readLabelledLines(bytes(inLast), 'b', last)]) {
        assert.deepEqual(read.sentences, lines.map(([text]) => text));
        assert.deepEqual([...read.labels], lines.map(([, label]) => label));
      }
    }),
    { numRuns: 100 },
  );
});

test('a file in Latin-1 has the sentences of its copy in UTF-8', () => {
  const latin = Uint8Array.from('4 caf\xe9 \xf0 ?\n', (character) => character.charCodeAt(0));
  assert.deepEqual(readLabelledLines(latin, 'l', { ...first, encoding: 'latin1' }), readLabelledLines(bytes('4 café ð ?\n'), 'u', first));
});

test('a malformed line is refused in one sentence with file, byte and line', () => {
  const good = 'fine film\t1\n';
  const cases: readonly (readonly [Uint8Array, LineForm, RegExp])[] = [
    [new Uint8Array(), last, /^FormatError f\.txt: byte 0: the file is empty$/],
    [bytes(`${good}dull film 0\n`), last, /^FormatError f\.txt: byte 12: line 2 has no tab between label and sentence$/],
    [bytes('Who?\n'), first, /line 1 has no blank between label and sentence$/],
    [bytes(`${good}${good}dull\t2\n`), last, /byte 24: line 3 has the label '2'; labels are 0 to 1$/],
    [bytes('dull\tno\n'), last, /line 1 has the label 'no'; labels are 0 to 1$/],
    [bytes('-1 Who ?\n'), first, /line 1 has the label '-1'; labels are 0 to 5$/],
    [bytes('dull\t1.0\n'), last, /line 1 has the label '1\.0'/],
    [bytes('\t1\n'), last, /line 1 has no sentence$/],
    [bytes('3 \n'), first, /line 1 has no sentence$/],
    [bytes('3  Who ?\n'), first, /line 1 has a blank before or behind its sentence$/],
    [bytes('dull \t0\n'), last, /line 1 has a blank before or behind its sentence$/],
    [bytes('dull\t0\t1\n'), last, /line 1 has a control character in its sentence$/],
    [bytes('du\u0000ll\t1\n'), last, /line 1 has a control character in its sentence$/],
    [bytes(`${good}\n${good}`), last, /byte 12: line 2 is empty$/],
    [bytes(`\ufeff3 Who ?\n`), first, /line 1 has the label '\ufeff3'/],
    [Uint8Array.from([...bytes(good), 0xff, 0x09, 0x30]), last, /byte 12: line 2 is not UTF-8$/],
  ];
  for (const [file, form, message] of cases) assert.throws(() => readLabelledLines(file, 'f.txt', form), (error: Error) => message.test(`${error.name} ${error.message}`), String(message));
});

test('whatever bytes a file holds, it is read or refused as a file', () => {
  const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom('0 ', '\t1', '\n', '\r\n', 'dull', ' ').map(bytes), fc.constantFrom('0 dull\n', '1 fine\n', 'dull\t0\n', 'fine\t1\n').map(bytes)), { maxLength: 8 });
  let [read, refused] = [0, 0];
  fc.assert(
    fc.property(pieces, fc.constantFrom(first, last, { ...first, encoding: 'latin1' as const }), (parts, form) => {
      const file = Uint8Array.from(parts.flatMap((part) => [...part]));
      try {
        const { sentences, labels } = readLabelledLines(file, 'f', form);
        assert.ok(sentences.length === labels.length && labels.every((label) => label < form.classes));
        read += 1;
      } catch (error) {
        assert.ok(error instanceof FormatError, String(error));
        refused += 1;
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(read > 5 && refused > 100, `${read} read, ${refused} refused`);
});

test('two files of sentences become pools with the names of their classes', async () => {
  const convert = sentencesFromLines({ train: 'a.tsv', test: 'b.tsv' }, { label: 'last', separator: '\t' }, ['bad', 'good']);
  const { tensors, text } = await convert(new Map([['a.tsv', bytes('dull\t0\nfine\t1\n')], ['b.tsv', bytes('so so\t0')]]));
  assert.deepEqual([...text], [['classes', 'bad\ngood\n'], ['train-sentences', 'dull\nfine\n'], ['test-sentences', 'so so\n']]);
  assert.deepEqual([...(tensors.get('train-labels')?.values ?? [])], [0, 1]);
  assert.deepEqual([...(tensors.get('test-labels')?.values ?? [])], [0]);
  assert.match(await refusal(() => convert(new Map([['a.tsv', bytes('dull\t0')]]))), /b\.tsv: byte 0: the file is missing/);
});
