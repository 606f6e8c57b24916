import { z } from 'zod';
import { runScript } from './command.ts';
import { failure, type Part } from './part.ts';

const account = z.object({
  read: z.number(),
  errors: z.array(
    z.object({ file: z.string(), line: z.number(), column: z.number(), rule: z.string(), found: z.unknown(), allowed: z.unknown() }),
  ),
});

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The validator over `content/`: one check a file. */
export const content: Part = {
  name: 'content',
  describes: 'every content file is valid',
  async run({ signal }) {
    const { code, stdout, stderr } = await runScript('scripts/validate.ts', ['--json'], { signal });
    let parsed;
    try {
      parsed = account.parse(JSON.parse(stdout));
    } catch (error) {
      return failure('0 files', `npm run validate gave no account (exit code ${code}): ${error}\n${stderr}${stdout.slice(0, 2000)}`);
    }
    const faulty = new Set(parsed.errors.map(({ file }) => file));
    const examined = `${parsed.read} files`;
    if (code === 2 || parsed.read === 0) return failure(examined, 'npm run validate read no file.');
    const failures = parsed.errors.map(
      ({ file, line, column, rule, found, allowed }) =>
        `${file}:${line}:${column}: ${rule}: found ${shown(found)}, allowed ${shown(allowed)}`,
    );
    if (code !== 0 && faulty.size === 0) return failure(examined, `npm run validate ended with code ${code}.\n${stderr}`);
    return { passed: Math.max(0, parsed.read - faulty.size), failed: faulty.size, examined, failures, notes: [] };
  },
};
