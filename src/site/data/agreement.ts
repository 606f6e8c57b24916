import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementSchema } from '../../results/index.ts';
import type { Agreement } from '../../results/index.ts';
import { folders } from './project.ts';

const file = join(folders.benchmarks, 'agreement.json');

/** How far back-ends agree, as `npm run bench -- agree` wrote it; undefined where it hasn't been run. */
export const agreement: Agreement | undefined = existsSync(file) ? agreementSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
