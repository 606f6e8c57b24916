import assert from 'node:assert/strict';
import test from 'node:test';
import { classTexts, worldPair, worldPairTokenizer } from '../../src/models/index.ts';
import { captionWords, classWording, findTask } from '../../src/tasks/index.ts';
import type { ClassWording } from '../../src/tasks/index.ts';
import { palette } from '../../src/tasks/world/palette.ts';
import { shapes } from '../../src/tasks/world/shapes.ts';
import { textures } from '../../src/tasks/world/textures.ts';

const ids = ['world-tinted', 'world-pastel', 'world-inverted', 'world-outlines', 'world-shapes', 'world-tinted-unseen', 'world-pastel-unseen'];
const tokenizer = worldPairTokenizer(captionWords);

const namesOf = (table: readonly { readonly name: string }[]): string => table.map(({ name }) => name).join('|');
const noun = `(?:${namesOf(shapes)}|disc|box|cross|hoop|stick|moon|object|thing|shape)`;
const object = `a (?:(?:small|large) )?(?:(?:${namesOf(textures)}) )?(?:(?:${namesOf(palette)}) )?${noun}`;
/** What captions say, word for word. */
const caption = new RegExp(
  `^(?:(?:a photo of|a picture of|a drawing of|an image of|there is|this is) )?${object}` +
    `(?: (?:to the right of|to the left of|below|above) ${object}| on a (?:dark|light) background)?$`,
);

const said = ids.map((id) => [id, classWording('world-pair', id) ?? assert.fail(`nothing is written for ${id}`)] as const);
const everyText = ({ names, templates, synonyms, descriptions, distinctions }: ClassWording): readonly string[] => [
  ...[...names, ...synonyms.flat()].flatMap((name) => templates.map((template) => template.replace('{}', name))),
  ...descriptions.flat(),
  ...distinctions.flat(),
];

test('every list has what it promises, for every class of the task', () => {
  for (const [id, { names, templates, synonyms, descriptions, distinctions }] of said) {
    assert.deepEqual(names, findTask(id).classes);
    for (const list of [synonyms, descriptions, distinctions]) assert.equal(list.length, names.length, id);
    assert.ok(new Set(templates).size >= 6 && new Set(templates).size === templates.length, id);
    for (const template of templates) assert.equal(template.split('{}').length, 2, template);
    for (const list of [...descriptions, ...distinctions]) assert.ok(new Set(list).size >= 6 && new Set(list).size === list.length, `${id}: ${list[0]}`);
  }
});

test('every text reads as a caption, and fits the text tower between its marks', (t) => {
  let texts = 0;
  let longest = 0;
  for (const [id, wording] of said) {
    for (const text of everyText(wording)) {
      assert.match(text, caption, id);
      const ids = tokenizer.encode(text);
      longest = Math.max(longest, ids.length);
      texts += 1;
    }
  }
  t.diagnostic(`${texts} texts, the longest of ${longest} tokens`);
  assert.ok(texts > 1000 && longest <= worldPair.text.language.contextLength);
});

test('no two classes are the same text to the tokenizer, by their names or by any other', () => {
  for (const [id, { names, templates, synonyms }] of said) {
    for (const template of ['{}', ...templates]) assert.equal(classTexts(worldPair.text, tokenizer, names, { template }).length, names.length);
    const all = [...names, ...synonyms.flat()];
    assert.equal(classTexts(worldPair.text, tokenizer, all, { template: '{}' }).length, all.length, id);
  }
});

/** How often a text says each of some words. */
const times = (words: readonly string[], texts: readonly string[]): readonly number[] =>
  words.map((word) => texts.filter((text) => text.split(' ').includes(word)).length);
const words = { shapes: shapes.map(({ name }) => name), colours: palette.map(({ name }) => name), textures: textures.map(({ name }) => name) };

test('a description names its class or a synonym and no other, and what else it says is the same for all classes', () => {
  for (const [id, { names, synonyms, descriptions }] of said) {
    const isColour = id.startsWith('world-pastel');
    descriptions.forEach((list, k) => {
      const name = names[k] ?? '';
      const called = [name, ...(synonyms[k] ?? [])].map((each) => each.split(' '));
      for (const text of list) {
        assert.ok(called.some((parts) => parts.every((word) => text.split(' ').includes(word))), `${name}: ${text}`);
        const others = (isColour ? words.colours : words.shapes).filter((word) => !name.split(' ').includes(word));
        assert.deepEqual(times(others, [text]), others.map(() => 0), `${name}: ${text}`);
      }
      const free = isColour ? words.shapes : words.colours;
      assert.deepEqual(times(free, list), free.map(() => 1), name);
      const [small, large] = times(['small', 'large'], list);
      assert.equal(small, large, name);
      assert.equal((small ?? 0) + (large ?? 0), list.length, name);
      assert.deepEqual(times(['light', 'dark'], list), times(['light', 'dark'], descriptions[0] ?? []), name);
      if (id !== 'world-shapes') assert.deepEqual(times(words.textures, list), words.textures.map(() => 2), name);
    });
  }
});

test('a distinction names its class first and another class behind it', () => {
  for (const [id, { names, distinctions }] of said) {
    distinctions.forEach((list, k) => {
      const own = (names[k] ?? '').split(' ');
      for (const text of list) {
        const [first = '', second = ''] = text.split(/ (?:to the (?:left|right) of|above|below) /);
        assert.ok(own.every((word) => first.split(' ').includes(word)), text);
        const others = names.filter((_, other) => other !== k).map((name) => name.split(' '));
        assert.ok(others.some((parts) => parts.every((word) => second.split(' ').includes(word))), `${id}: ${text}`);
      }
    });
  }
});

test('nothing is said for other models or tasks', () => {
  assert.equal(classWording('world-vit', 'world-tinted'), undefined);
  assert.equal(classWording('world-pair', 'world-digits'), undefined);
  assert.equal(classWording('world-pair', 'constructor'), undefined);
});
