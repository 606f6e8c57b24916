import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Task } from '../task.ts';
import type { Decomposition, Question, TextSet, Wording } from '../text-set.ts';
import { languageVersion } from './version.ts';

/** One question of a task, with what belongs to it. */
export interface Item {
  /** The class; 0 where answers are open. */
  readonly label: number;
  readonly question: Question;
  readonly demonstrations?: readonly Question[];
  readonly decompose?: Decomposition;
}

export type Part = 'train' | 'test';

/** A task of questions in the generated language. */
export interface LanguageTask {
  readonly id: string;
  readonly title: string;
  /** None where answers are open. */
  readonly classes: readonly string[];
  readonly wordings: readonly Wording[];
  /** How many questions the pools hold, where they are so few that tables take them whole. */
  readonly whole?: { readonly train: number; readonly test: number };
  /** Both pools, drawn when they are asked for; no question stands in both. */
  readonly pools: () => Readonly<Record<Part, readonly Item[]>>;
}

const digested = 64;

function itemAt(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (!item) throw new RangeError(`The set has questions 0 to ${items.length - 1}, no question ${index}.`);
  return item;
}

function textSet(items: readonly Item[]): TextSet {
  const first = items[0];
  return {
    count: items.length,
    labels: Int32Array.from(items, ({ label }) => label),
    questions: (index) => itemAt(items, index).question,
    ...(first?.demonstrations ? { demonstrations: (index: number) => itemAt(items, index).demonstrations ?? [] } : {}),
    ...(first?.decompose ? { decompose: (index: number) => itemAt(items, index).decompose ?? (() => null) } : {}),
  };
}

/** A task of the generated language, its questions drawn. */
export function languageTask(row: LanguageTask): Task {
  const { id, title, classes, wordings } = row;
  const { train, test } = row.pools();
  const hash = sha256.create();
  hash.update(utf8ToBytes(`${languageVersion}:${id}:${classes.join(',')}:${train.length}:${test.length}\n${JSON.stringify(wordings)}\n`));
  for (const pool of [train, test]) {
    for (const { label, question, demonstrations } of pool.slice(0, digested)) {
      hash.update(utf8ToBytes(`${JSON.stringify([label, question, demonstrations ?? null])}\n`));
    }
  }
  return {
    id,
    title,
    classes,
    wordings,
    train: textSet(train),
    test: textSet(test),
    digest: bytesToHex(hash.digest()),
    generated: true,
  };
}
