import type { EntryFile } from '../entry-file.ts';
import type { Known } from '../known.ts';
import type { Report } from '../report.ts';

/** One rule or a few that belong together, over one entry. */
export type Check = (entry: EntryFile, report: Report, known: Known) => void;
