import { join, relative } from 'node:path';
import { runScript } from './command.ts';
import { failure, type Part } from './part.ts';
import { root } from './root.ts';

/** `tsc --noEmit` over the engine, the scripts and the tests: one check. */
export const types: Part = {
  name: 'types',
  describes: 'the TypeScript compiler finds no error',
  async run({ signal }) {
    const compiler = 'node_modules/typescript/bin/tsc';
    const { code, stdout, stderr } = await runScript(compiler, ['--noEmit', '--pretty', 'false', '--listFiles'], { signal });
    const lines = stdout.split('\n').filter((line) => line !== '');
    const listed = lines.filter((line) => line.startsWith(root) && !line.startsWith(join(root, 'node_modules')));
    const files = listed.filter((line) => !relative(root, line).includes('('));
    const errors = lines.filter((line) => !/^(\/|[A-Z]:)/i.test(line));
    const examined = `${files.length} files`;
    if (code !== 0) return failure(examined, ...(errors.length > 0 ? [errors.join('\n')] : [stderr]));
    return { passed: files.length > 0 ? 1 : 0, failed: 0, examined, failures: [], notes: [] };
  },
};
