import type { Body } from '../body.ts';
import type { EntryFile } from '../entry-file.ts';
import type { Known } from '../known.ts';
import type { Report } from '../report.ts';

/** One rule or a few that belong together, over the text of one entry. */
export type BodyCheck = (body: Body, entry: EntryFile, report: Report, known: Known) => void;
