import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { folders } from './project.ts';

const report = z.looseObject({ summary: z.string() });

const file = join(folders.state, 'this-machine.json');

/** What `npm start` wrote about the runs that it repeated here; undefined where it hasn't been run. */
export const thisMachine = existsSync(file) ? report.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
