import assert from 'node:assert/strict';
import test from 'node:test';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { captionMarks, captionProbes, captionWords, captionedPicture, captionedScene, captionsDigest, worldCaption } from '../../src/tasks/index.ts';
import type { CaptionedScene, DescribedObject } from '../../src/tasks/index.ts';
import { palette } from '../../src/tasks/world/palette.ts';
import type { Figure } from '../../src/tasks/world/scene.ts';
import { shapes } from '../../src/tasks/world/shapes.ts';
import { textures } from '../../src/tasks/world/textures.ts';

const scenes = 3000;
const openings = ['a photo of', 'a picture of', 'a drawing of', 'an image of', 'there is', 'this is', ''];
const synonymOf: Readonly<Record<string, string>> = { circle: 'disc', square: 'box', plus: 'cross', ring: 'hoop', bar: 'stick', crescent: 'moon' };
const general = ['object', 'thing', 'shape'];
const namesOf = (table: readonly { readonly name: string }[]): readonly string[] => table.map(({ name }) => name);

/** What is there to be seen, read off the figure itself. */
function seen(figure: Figure, isAlone: boolean): DescribedObject {
  const shape = shapes.find(({ field }) => field === figure.field) ?? assert.fail('no shape');
  const texture = textures.find(({ cover }) => cover === figure.cover) ?? assert.fail('no texture');
  const near = palette.filter(({ colour }) => colour.every((channel, i) => Math.abs(channel - (figure.colour[i] ?? NaN)) <= 0.06 + 1e-9));
  assert.equal(near.length, 1);
  return { shape: shape.name, texture: texture.name, colour: near[0]?.name ?? '', size: figure.radius > (isAlone ? 8 : 5.4) ? 'large' : 'small' };
}

const grammar = new RegExp(
  `^(?:(${openings.filter((words) => words !== '').join('|')}) )?` +
    `a ((?:\\w+ )*?)(\\w+)(?: (to the right of|to the left of|below|above) a ((?:\\w+ )*?)(\\w+)| on a (dark|light) background)?$`,
);

interface Said {
  readonly attributes: readonly string[];
  readonly noun: string;
}

/** An object's words: any of size, texture and colour that it has, in this order, then a name that it may go by. */
function checkObject({ attributes, noun }: Said, object: DescribedObject, caption: string): void {
  const inOrder = [object.size, object.texture, object.colour].filter((word) => attributes.includes(word));
  assert.deepEqual(attributes, inOrder, `${caption}: not true of ${JSON.stringify(object)}`);
  const names = [object.shape, synonymOf[object.shape], ...(attributes.length > 0 ? general : [])];
  assert.ok(names.includes(noun), `${caption}: "${noun}" is no name of ${JSON.stringify(object)}`);
}

const wordsIn = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

/** Where the first object, drawn last, lies from the other. */
function direction({ scene }: CaptionedScene): string {
  const [second, first] = scene.figures;
  const [right, down] = [(first?.x ?? NaN) - (second?.x ?? NaN), (first?.y ?? NaN) - (second?.y ?? NaN)];
  if (Math.abs(right) > Math.abs(down)) return right > 0 ? 'to the right of' : 'to the left of';
  return down > 0 ? 'below' : 'above';
}

test('every caption is true of its picture, and leaves out only attributes, the ground and how it opens', (t) => {
  let captions = 0;
  for (let index = 0; index < scenes; index += 1) {
    const drawn = captionedScene('training', index);
    const { figures, ground } = drawn.scene;
    for (let which = 0; which < 3; which += 1) {
      const caption = worldCaption('training', index, which);
      const parts = grammar.exec(caption) ?? assert.fail(`"${caption}" is no caption`);
      const [, , attributes, noun, relation, moreAttributes, other, under] = parts;
      const [first, second] = [figures.at(-1), figures.length > 1 ? figures[0] : undefined];
      checkObject({ attributes: wordsIn(attributes), noun: noun ?? '' }, seen(first ?? assert.fail('no figure'), !second), caption);
      assert.equal(relation !== undefined, second !== undefined, caption);
      if (second) {
        assert.equal(relation, direction(drawn), caption);
        checkObject({ attributes: wordsIn(moreAttributes), noun: other ?? '' }, seen(second, false), caption);
      }
      if (under !== undefined) assert.ok(ground.colour.every((channel) => (under === 'light' ? channel >= 0.55 : channel <= 0.25)), caption);
      captions += 1;
    }
  }
  t.diagnostic(`${captions} captions`);
  assert.equal(captions, 3 * scenes);
});

test('what is left out, renamed and shown has the shares of the design', () => {
  const captions = Array.from({ length: scenes }, (_, index) => worldCaption('training', index, 0));
  const share = (some: readonly string[], of: readonly string[]): number => some.length / of.length;
  const having = (words: readonly string[], of = captions): readonly string[] => of.filter((caption) => caption.split(' ').some((word) => words.includes(word)));
  const near = (value: number, wanted: number, what: string): void => assert.ok(Math.abs(value - wanted) < 0.035, `${what}: ${value}, not about ${wanted}`);
  const two = captions.filter((_, index) => captionedScene('training', index).scene.figures.length === 2);
  const one = captions.filter((caption) => !two.includes(caption));
  near(share(two, captions), 0.4, 'two objects');
  near(captions.filter((_, index) => captionedScene('training', index).facts.ground === 'light').length / scenes, 0.25, 'light ground');
  near(share(having(['background'], one), one), 0.25, 'ground said');
  near(share(having(['small', 'large'], one), one), 0.55, 'size');
  near(share(having(namesOf(textures), one), one), 0.33, 'texture');
  near(share(having(namesOf(palette), one), one), 0.7, 'colour');
  const bare = 0.45 * 0.67 * 0.3;
  near(share(having(general, one), one), 0.12 * (1 - bare), 'a word for any object');
  near(share(having(Object.values(synonymOf), one), one), 0.6 * (0.08 + 0.12 * bare), 'synonyms');
  for (const opening of openings) {
    const own = captions.filter((caption) => (opening === '' ? !openings.some((other) => other !== '' && caption.startsWith(`${other} `)) : caption.startsWith(`${opening} `)));
    near(share(own, captions), 1 / 7, opening);
  }
});

test('the word list holds the words of captions, each used, and every caption fits the text tower', () => {
  const used = new Set<string>(Object.values(captionMarks));
  let longest = 0;
  for (let index = 0; index < scenes; index += 1) {
    const words = worldCaption('training', index, 0).split(' ');
    longest = Math.max(longest, words.length);
    words.forEach((word) => used.add(word));
  }
  assert.deepEqual([...used].toSorted(), captionWords.toSorted());
  assert.equal(new Set(captionWords).size, captionWords.length);
  assert.deepEqual(captionWords.slice(0, 2), [captionMarks.start, captionMarks.end]);
  assert.ok(longest + 2 <= 20 && longest >= 16, String(longest));
});

test('probes ask in words of captions for what their pictures show, of one object each', () => {
  assert.deepEqual(captionProbes.map(({ asks, classes }) => [asks, classes.length]), [['shape', 10], ['colour', 8], ['texture', 3]]);
  for (const { asks, classes, templates } of captionProbes) {
    assert.ok(templates.length > 1);
    for (const name of classes) for (const template of templates) for (const word of template.replace('{}', name).split(' ')) assert.ok(captionWords.includes(word), word);
    const found = new Set(Array.from({ length: 200 }, (_, index) => captionedScene('probe', index).facts.object[asks]));
    assert.deepEqual([...found].toSorted(), classes.toSorted());
  }
  for (let index = 0; index < 200; index += 1) assert.equal(captionedScene('probe', index).scene.figures.length, 1);
});

test('pictures and captions are functions of their numbers, no two pictures are alike, and all are those written down here', () => {
  const digest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
  const once = Array.from({ length: 300 }, (_, index) => digest(captionedPicture('training', index)));
  assert.equal(digest(captionedPicture('training', 299)), once[299]);
  const probes = Array.from({ length: 300 }, (_, index) => digest(captionedPicture('probe', index)));
  assert.equal(new Set([...once, ...probes]).size, 600);
  assert.equal(worldCaption('training', 7, 2), worldCaption('training', 7, 2));
  assert.equal(new Set(Array.from({ length: 20 }, (_, which) => worldCaption('training', 2, which))).size > 10, true);
  assert.equal(captionsDigest(), '8728c64534698ad165d935c3c91d8fce34b9592b988f5e2d31c44ea161a9ce23');
});
