import type { LanguageTask } from './language-task.ts';
import { pairTask } from './pair-task.ts';
import { wordTasks } from './word-tasks.ts';
import { workedTasks } from './worked-tasks.ts';

/** The tasks of the generated language. */
export const languageTasks: readonly LanguageTask[] = [...wordTasks, pairTask, ...workedTasks];
