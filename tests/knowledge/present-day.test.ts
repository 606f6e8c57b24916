import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { presentDay, validateContent } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { contentFolder } from './content-folder.ts';

const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const reviewed = (all: readonly string[]) => all.map((day, i) => ({ path: `methods/m${i}.md`, text: `---\nid: m${i}\nreviewed: ${day}\n---\n\nText.\n` }));

test('a clock that most reviews are not ahead of is believed', () => {
  fc.assert(
    fc.property(days, fc.array(days, { maxLength: 60 }), (clock, all) => {
      const ahead = all.filter((day) => day > clock).length;
      const today = presentDay(reviewed(all), clock);
      if (all.length < 10 || 2 * ahead < all.length) assert.equal(today, clock);
      if (all.length >= 10 && 2 * ahead > all.length) {
        const past = all.filter((day) => day <= today).length;
        assert.ok(today > clock && 2 * past > all.length, `${today}, ${clock}`);
      }
    }),
  );
});

test('text below the front matter is no review', () => {
  const files = reviewed(Array.from({ length: 20 }, () => '2020-01-01')).map(({ path, text }) => ({ path, text: `${text}\nreviewed: 2090-01-01\n` }));
  assert.equal(presentDay(files, '2021-01-01'), '2021-01-01');
});

test('the committed catalogue is valid by any clock, and a review in a far year by none', () => {
  const files = readContentFolder(contentFolder);
  const far = files.map(({ path, text }) => ({ path, text: path === 'methods/few-shot-icl.md' ? text.replace(/^reviewed: .*$/m, 'reviewed: 2999-01-01') : text }));
  for (const clock of ['1970-01-01', '2025-06-01', '2027-06-01']) {
    assert.deepEqual(validateContent(files, { today: presentDay(files, clock) }).errors, []);
    assert.deepEqual(validateContent(far, { today: presentDay(far, clock) }).errors.map(({ file, rule }) => `${file} ${rule}`), ['methods/few-shot-icl.md future-date']);
  }
});
