/** npm run validate: checks every content file and names all mistakes. */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  addCoverage,
  annotation,
  coverageOf,
  coverageText,
  fieldReference,
  findingsText,
  kindOf,
  noCoverage,
  presentDay,
  splitFrontMatter,
  summaryText,
  validateContent,
} from '../src/knowledge/index.ts';
import type { ContentFile } from '../src/knowledge/index.ts';
import { ContentFolderError, readContentFolder } from '../src/knowledge/index.node.ts';

const help = `npm run validate -- [options]
Checks every file of the content folder without network and without a build, and names all mistakes: where each stands,
what is allowed and where that is written, the nearest allowed word, and the corrected line to paste.

  --root DIR     the folder to check, laid out like content/ (default content)
  --json         one JSON object: {read, errors: [{file, line, column, rule, found, allowed, suggestion, fixed, definition}]}
  --annotations  mistakes as annotations for a forge's workflow as well; set by itself where GITHUB_ACTIONS is "true"
  --reference    print the reference of all fields, which content/README.md holds, and check nothing
  --help

Ends with 0 when nothing is wrong, with 1 when something is, with 2 when nothing could be read.`;

/** What was asked for; undefined, with the reason told, where that can't be understood. */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        annotations: { type: 'boolean', default: process.env['GITHUB_ACTIONS'] === 'true' },
        root: { type: 'string', default: 'content' },
        reference: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return undefined;
  }
}

/** The files of the folder, or why it can't be read. */
function readFiles(root: string): { readonly files: readonly ContentFile[]; readonly problem: string | undefined } {
  try {
    return { files: readContentFolder(root), problem: undefined };
  } catch (error) {
    if (!(error instanceof ContentFolderError)) throw error;
    return { files: [], problem: error.message };
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function validate(root: string, json: boolean, annotations: boolean): number {
  const { files, problem } = readFiles(root);
  const clock = new Date().toISOString().slice(0, 10);
  const today = presentDay(files, clock);
  if (today !== clock) {
    console.error(`This machine's clock says ${clock}, but most entries were reviewed later. Dates up to ${today} are taken for past; set the clock to have them checked to the day.`);
  }
  const report = validateContent(files, { today });
  const { read, errors } = report;
  const folder = (relative(process.cwd(), resolve(root)) || '.').replaceAll('\\', '/');
  if (json) print(JSON.stringify({ read, errors }, null, 2));
  else if (annotations) for (const error of errors) print(annotation(error, folder));
  if (read === 0) {
    console.error(problem ?? `There is no entry below "${root}": --root names a folder with Markdown files in methods/, models/, tasks/, concepts/ or papers/.`);
    return 2;
  }
  if (!json) {
    if (errors.length > 0) print(`${findingsText(errors, files, folder)}\n`);
    const bodies = files.flatMap(({ path, text }) => (kindOf(path) ? [splitFrontMatter(text)?.body ?? ''] : []));
    print(coverageText(bodies.map(coverageOf).reduce(addCoverage, noCoverage)));
    print(summaryText(report));
  }
  return errors.length > 0 ? 1 : 0;
}

// Who reads only the first lines, as "| head" does, closes the pipe; that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const values = readArguments();
if (!values) process.exitCode = 2;
else if (values.help) print(help);
else if (values.reference) print(fieldReference().trimEnd());
else process.exitCode = validate(values.root, values.json, values.annotations);
