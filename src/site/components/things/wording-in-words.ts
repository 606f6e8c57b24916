import type { Wording } from './cards-of-things.ts';

/** A piece of a template: text as it stands, or a place that every question fills. */
export interface Piece {
  readonly text: string;
  readonly isSlot: boolean;
}

const slot = '{question}';

/** A template in pieces, new lines made visible. */
export function piecesOf(template: string): readonly Piece[] {
  return template
    .split(slot)
    .flatMap((text, at) => [...(at > 0 ? [{ text: 'question', isSlot: true }] : []), ...(text === '' ? [] : [{ text: visible(text), isSlot: false }])]);
}

/** Text whose ends and lines can be seen: a new line shows its mark. */
export const visible = (text: string): string => text.replaceAll('\n', '⏎\n');

const inMarks = (text: string): string => (text === '' ? 'nothing' : text === ' ' ? 'a space' : `“${text.replaceAll('\n', '⏎')}”`);

/** What stands between the parts of a prompt. */
export function joinsInWords({ opening, delimiter, end, between, therefore, contentFree }: Wording): readonly string[] {
  return [
    ...(opening === undefined ? [] : [`every prompt begins with ${inMarks(opening)}`]),
    `between a question and its answer stands ${inMarks(delimiter)}`,
    `an answer ends with ${inMarks(end)}`,
    `between the parts of a prompt stands ${inMarks(between)}`,
    ...(therefore === undefined ? [] : [`between steps and answer stands ${inMarks(therefore)}`]),
    ...(contentFree === undefined ? [] : [`a question without content is ${inMarks(contentFree)}`]),
  ];
}

/** What the wordings of a task have in common between the parts of a prompt; `null` where they differ in it. */
export function commonJoins(wordings: readonly Wording[]): string | null {
  const [first, ...others] = new Set(wordings.map((wording) => joinsInWords(wording).join('; ')));
  return first === undefined || others.length > 0 ? null : first;
}
