import { TextTooLong } from '../text/index.ts';
import type { Tokenizer } from '../text/index.ts';
import type { TextTower } from './image-text-architecture.ts';

/** Where a class name goes in a template. */
const slot = '{}';

/** A class whose text has more tokens than the text tower has positions. */
export class ClassTextTooLong extends TextTooLong {
  constructor(name: string, template: string, tokens: number, atMost: number) {
    super(tokens, atMost);
    this.name = 'ClassTextTooLong';
    this.message =
      `The class name "${shortened(name)}" makes a text of ${tokens} tokens with the template "${shortened(template)}", ` +
      `and at most ${atMost} fit the text tower: shorten the name.`;
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

export interface ClassTextOptions {
  /** `{}` is where the class name goes. */
  readonly template: string;
  /** Positions kept free for vectors that will stand among the tokens; none when left out. */
  readonly reserved?: number;
}

/**
 * The token ids of a text for each class, from the start token to the end token. Special tokens in a name are text.
 * @throws RangeError where a class has no name, two have the same (to the tokenizer), the template has no place for it or
 * the tokenizer doesn't end a text as the tower expects; ClassTextTooLong
 */
export function classTexts(
  { language, end }: TextTower,
  tokenizer: Tokenizer,
  names: readonly string[],
  { template, reserved = 0 }: ClassTextOptions,
): readonly (readonly number[])[] {
  if (!template.includes(slot)) throw new RangeError(`The template "${shortened(template)}" has no ${slot} where the class name goes.`);
  const atMost = language.contextLength - reserved;
  const known = new Map<string, number>();
  return names.map((name, index) => {
    if (name.trim() === '') throw new RangeError(`Class ${index} has no name, so no text can stand for it.`);
    const ids = encoded(tokenizer, name, template, atMost);
    const twin = known.get(ids.join());
    if (twin !== undefined) throw new RangeError(alike(names, twin, index));
    known.set(ids.join(), index);
    if (ids.at(-1) !== end || ids.indexOf(end) !== ids.length - 1) {
      throw new RangeError(`The tokenizer doesn't end the text of class "${shortened(name)}" with token ${end}, where the text tower reads it.`);
    }
    return ids;
  });
}

function encoded(tokenizer: Tokenizer, name: string, template: string, atMost: number): readonly number[] {
  try {
    return tokenizer.encode(template.split(slot).join(name), { asPlainText: true, atMost });
  } catch (error) {
    if (error instanceof TextTooLong) throw new ClassTextTooLong(name, template, error.tokens, atMost);
    throw error;
  }
}

function alike(names: readonly string[], first: number, second: number): string {
  const [one = '', other = ''] = [names[first], names[second]];
  const how = one === other ? ` are both called "${shortened(one)}"` : `, "${shortened(one)}" and "${shortened(other)}", are the same text to the tokenizer`;
  return `Classes ${first} and ${second}${how}, so no text can tell them apart: rename one.`;
}
