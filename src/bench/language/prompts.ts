import type { Words } from '../../reprogramming/index.ts';
import { promptText } from '../../tasks/index.ts';
import type { Question } from '../../tasks/index.ts';
import type { Params } from '../../tensor/index.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';

/** Whether words of a kind join what is read. */
export const has = ({ adapted }: PreparedLanguage, kind: Words['kind']): boolean => adapted.words.some((words) => words.kind === kind);

/** The ids of a searched trigger, which stand behind the start token. */
export function triggerOf({ adapted }: PreparedLanguage, params: Params): readonly number[] {
  const trigger = adapted.trigger === null ? undefined : params[adapted.trigger];
  return trigger ? Array.from(trigger.dataSync(), (id) => Math.round(id)) : [];
}

/** Token ids with those of a trigger behind the start token. */
export function withTrigger({ model }: PreparedLanguage, trigger: readonly number[], ids: readonly number[]): number[] {
  const head = model.start === null ? 0 : 1;
  return [...ids.slice(0, head), ...trigger, ...ids.slice(head)];
}

/** The prompt of a question as text. */
export function promptOf(prepared: PreparedLanguage, question: string, demonstrations: readonly Question[]): string {
  return promptText(prepared.asking.wording, question, {
    instruction: has(prepared, 'instruction'),
    steps: has(prepared, 'steps'),
    demonstrations,
  });
}
