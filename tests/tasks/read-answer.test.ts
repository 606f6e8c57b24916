import assert from 'node:assert/strict';
import test from 'node:test';
import { answerText, readAnswer } from '../../src/tasks/index.ts';
import type { Wording } from '../../src/tasks/index.ts';

const wording: Wording = { instruction: null, ask: '{question} =', delimiter: ' ', end: ' ;', between: ' ', therefore: ' so ' };
const lines: Wording = { instruction: null, ask: '{question}\nIt is', delimiter: ' ', end: '\n', between: '\n\n' };

/** What was written, whether in steps, what the strict reader reads and what the lenient one does. */
const table: readonly (readonly [what: string, text: string, steps: boolean, strict: string | null, lenient: string | null])[] = [
  ['an answer and its end', ' 1 2 ;', false, '1 2', '1 2'],
  ['without spaces around', '1 2;', false, '1 2', '1 2'],
  ['more behind the end', '1 2 ; 3 ; 4', false, '1 2', '1 2'],
  ['a missing end', ' 1 2', false, null, '1 2'],
  ['nothing', '', false, null, null],
  ['an end alone', ' ;', false, null, null],
  ['an end and then an answer', '; 1 2 ;', false, null, null],
  ['spaces alone', '   ', false, null, null],
  ['the answer as part of a longer text', 'it is 1 2 ;', false, 'it is 1 2', 'it is 1 2'],
  ['steps that were not asked for', '0 1 so 1 ;', false, '0 1 so 1', '0 1 so 1'],
  ['steps, therefore, answer, end', ' 0 1 1 so 1 ;', true, '1', '1'],
  ['no steps, but therefore', 'so 1 ;', true, '1', '1'],
  ['several therefores: the last counts', '0 so 1 so 0 1 ;', true, '0 1', '0 1'],
  ['a therefore behind the end', '0 1 ; so 1 ;', true, null, '0 1'],
  ['steps without therefore', ' 0 1 1 ;', true, null, '0 1 1'],
  ['steps that break off', ' 0 1 1', true, null, '0 1 1'],
  ['an answer that breaks off', ' 0 1 so 1', true, null, '1'],
  ['nothing behind therefore', ' 0 1 so ;', true, null, null],
  ['nothing behind therefore, and no end', ' 0 1 so', true, null, null],
];

for (const [what, text, steps, strict, lenient] of table) {
  test(`${what}: strict reads ${JSON.stringify(strict)}, lenient ${JSON.stringify(lenient)}`, () => {
    assert.equal(readAnswer(wording, text, 'strict', steps), strict);
    assert.equal(readAnswer(wording, text, 'lenient', steps), lenient);
  });
}

test('where lines end answers, the first line is the answer', () => {
  assert.equal(readAnswer(lines, ' happy \nIt was', 'strict'), 'happy');
  assert.equal(readAnswer(lines, ' happy', 'strict'), null);
  assert.equal(readAnswer(lines, ' happy', 'lenient'), 'happy');
});

test('both readers read every answer that is written as a demonstration shows it', () => {
  let read = 0;
  for (const words of [wording, lines, { ...wording, end: '.' }]) {
    for (const answer of ['1', '0 7', 'A B C']) {
      for (const steps of [false, ...(words.therefore ? [true] : [])]) {
        const text = answerText(words, { question: '?', answer, steps: '5 + 1' }, steps);
        for (const reader of ['strict', 'lenient'] as const) assert.equal(readAnswer(words, text, reader, steps), answer);
        read += 1;
      }
    }
  }
  assert.equal(read, 15);
});

test('what the strict reader reads, the lenient one reads too', () => {
  const pieces = [' 1', ' 0', ' so', ' ;', ' 7'];
  let texts = 0;
  for (let number = 0; number < 5 ** 4; number += 1) {
    const text = [1, 5, 25, 125].map((power) => pieces[Math.floor(number / power) % 5] ?? '').join('');
    for (const steps of [false, true]) {
      const strict = readAnswer(wording, text, 'strict', steps);
      if (strict !== null) assert.equal(readAnswer(wording, text, 'lenient', steps), strict, text);
      texts += strict === null ? 0 : 1;
    }
  }
  assert.ok(texts > 200, `${texts}`);
});
