import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addCoverage, coverageOf, noCoverage } from '../../src/knowledge/index.ts';
import { sentencesOf } from '../../src/knowledge/sentences.ts';

const split = (text: string): readonly string[] => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

test('sentences end where a reader sees them end', () => {
  const paragraphs: readonly (readonly string[])[] = [
    ['Jia et al. (2022) show it, e.g. on 0.5 % of the data.', 'It holds, cf. Fig. 3, i.e. always!', 'Quoc V. Le and Jane Q. R. Doe wrote it.'],
    ['Is it?', 'It is.', '"Yes."', '(No.)', 'So …', '3 of 4 do.'],
    ['The label is Y.', 'The next one is Z.', 'ResNet vs. ViT, approx. 3.5 times, resp. 1.2.', '(See Sec. 4.)'],
    ['It runs on v1.2.3 of node.js, at https://a.b/c.d?e=f.g now.', 'Then tokens, prompts etc.', 'They end.'],
    ['Wait... what?', 'Yes!?', 'No.'],
  ];
  for (const sentences of paragraphs) assert.deepEqual(split(sentences.join(' ')), sentences);
});

test('sentences leave out nothing but the space between them', () => {
  const piece = fc.constantFrom('A', 'b', '.', '. ', '! ', ' ', 'et al. ', '3.5', '"', ')', '\n', '… ', 'é', 'I. ');
  let examined = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      assert.equal(split(text).join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      examined += 1;
    }),
  );
  assert.ok(examined >= 100, `${examined} texts`);
});

test('a sentence carries a source, stands in memory, or is ours', () => {
  const cases: readonly (readonly [string, number, number, number])[] = [
    ['A fact :cite[k]. Ours.', 1, 0, 1],
    ['A fact :cite[a, b], told twice :cite[c].', 1, 0, 0],
    [':recall[Two. Sentences.] Ours.', 0, 2, 1],
    ['About 44.4 % is :recall[a number from memory].', 0, 1, 0],
    ['They say so :cite[k], and :recall[more].', 0, 1, 0],
    [':recall[They say so :cite[k]].', 0, 1, 0],
    ['A fact. :cite[k] Ours.', 1, 0, 1],
    ['A fact.:cite[k] Another :cite[k].', 2, 0, 0],
    [':cite[k] say so. Ours.', 1, 0, 1],
    ['$x. Y$ is a formula. `a. B` is code :cite[k].', 1, 0, 1],
    ['See [Fig. 2 of it](../a.b/). Ours.', 0, 0, 2],
    ['- One.\n- Two :cite[k].\n  Three.\n\n1. Four', 1, 0, 3],
    ['> Said by others :cite[k].', 1, 0, 0],
    ['# Heading. Two\n\nText\n===\n\nOurs.', 0, 0, 1],
    ['| a. B | c :cite[k]. |\n|---|---|\n| d. | e. |\n\n$$\na. B\n$$\n\n```\nA. B.\n```', 0, 0, 0],
    ['**Caveat.** Ours. *Known*. Ours.', 0, 0, 3],
    ['- **Ties.** A fact :cite[k].', 1, 0, 0],
    ['It is :measured[nearly. All]{table=t row="a. B" column=c}. Ours.', 0, 0, 3],
    ['It is :measured[nearly all]{table=t row="a. B" column=c}, as they say :cite[k].', 1, 0, 0],
    [':cite[k]', 0, 0, 0],
    ['', 0, 0, 0],
  ];
  for (const [text, cited, recalled, ours] of cases) {
    assert.deepEqual(coverageOf(text), { sentences: cited + recalled + ours, cited, recalled, ours }, text);
  }
});

test('paragraphs add up, and the parts to the whole', () => {
  const paragraph = fc.constantFrom('Ours.', 'A fact :cite[k]. Ours.', ':recall[Some. More.]', '- One\n- Two :cite[k].', '# Heading', '```\nA. B.\n```');
  let examined = 0;
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 6 }), (paragraphs) => {
      const whole = coverageOf(paragraphs.join('\n\nBetween.\n\n'));
      const between = { sentences: Math.max(0, paragraphs.length - 1), cited: 0, recalled: 0, ours: Math.max(0, paragraphs.length - 1) };
      assert.deepEqual(whole, [...paragraphs.map(coverageOf), between].reduce(addCoverage, noCoverage));
      assert.equal(whole.cited + whole.recalled + whole.ours, whole.sentences);
      examined += 1;
    }),
  );
  assert.ok(examined >= 100, `${examined} texts`);
});
