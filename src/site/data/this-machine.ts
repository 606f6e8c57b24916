import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { folders } from './project.ts';

const report = z.object({
  made: z.string(),
  summary: z.string(),
  seconds: z.number(),
  environment: z
    .object({ backend: z.string(), kernels: z.string(), engine: z.string(), architecture: z.string(), cpu: z.string() })
    .nullable(),
  runs: z.array(
    z.object({
      methodId: z.string(),
      taskId: z.string(),
      seed: z.number(),
      accuracy: z.number().nullable(),
      committed: z.object({ id: z.string(), accuracy: z.number().nullable() }).nullable(),
      verdict: z.string(),
    }),
  ),
});

const file = join(folders.state, 'this-machine.json');

/** What `npm start` wrote about the runs that it repeated here; undefined where it hasn't been run. */
export const thisMachine = existsSync(file) ? report.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
