import { lintProject } from '../lint/index.ts';
import type { Part } from './part.ts';

/** The project's own rules: one check a rule, and a rule that read no file has failed. */
export const lint: Part = {
  name: 'lint',
  describes: "the project's own rules hold in every file they apply to",
  run() {
    const reports = lintProject();
    const bad = reports.filter(({ files, findings }) => files === 0 || findings.length > 0);
    const outcome = {
      passed: reports.length - bad.length,
      failed: bad.length,
      examined: reports.map(({ rule, files }) => `${rule} ${files}`).join(', ') + ' files',
      failures: bad.map(({ rule, promise, files, findings }) =>
        files === 0
          ? `${rule} read no file`
          : [`${rule}: ${promise}`, ...findings.map((one) => `  ${one.file}:${one.line}: ${one.message}`)].join('\n'),
      ),
      notes: [],
    };
    return Promise.resolve(outcome);
  },
};
