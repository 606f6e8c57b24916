/** npm run new: asks what a method does and writes its entry. See --help. */
import { createInterface } from 'node:readline/promises';
import { composeEntry, presentDay, validateContent } from '../src/knowledge/index.ts';
import { readCatalogue } from './new/catalogue.ts';
import type { Talk } from './new/conversation.ts';
import { AlreadyThere, interviewFor } from './new/interview.ts';
import { help, readFlags } from './new/read-flags.ts';
import { changedFiles, withChanges, writeEntry } from './new/write-entry.ts';

/** The person left with Ctrl-C or closed the input. */
class Left extends Error {}

function terminal(): Talk & { close(): void } {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<never>((_, reject) => lines.once('close', () => reject(new Left('Left; nothing was written.'))));
  left.catch(() => undefined);
  return {
    say: (text) => console.error(text),
    ask: (prompt) => Promise.race([lines.question(prompt), left]),
    close: () => lines.close(),
  };
}

async function run(args: readonly string[]): Promise<number> {
  const { sought, root, dryRun, json, help: wantsHelp } = readFlags(args);
  if (wantsHelp) {
    console.log(help);
    return 0;
  }
  const catalogue = readCatalogue(root);
  const talk = process.stdin.isTTY && sought.bibtex !== '-' ? terminal() : undefined;
  try {
    const today = new Date().toISOString().slice(0, 10);
    talk?.say(`A new entry for the catalogue of ${catalogue.methods.length} methods. Ctrl-C leaves everything as it was.`);
    const answers = await interviewFor(sought, catalogue, talk, today);
    const entry = composeEntry(answers);
    const changes = changedFiles(entry, answers.paper.bibtex, catalogue.files);
    const own = new Set(changes.map(({ path }) => path));
    const { errors } = validateContent(withChanges(catalogue.files, changes), { today: presentDay(catalogue.files, today) });
    const mistakes = errors.filter(({ file }) => own.has(file));
    if (mistakes.length > 0) {
      console.error(`It would not be valid, so nothing was written. The entry as it stands:\n\n${entry.text}`);
      for (const { file, line, column, found, allowed } of mistakes) console.error(`${file}:${line}:${column}  found ${found || 'nothing'}; allowed: ${allowed}`);
      return 1;
    }
    if (!dryRun) writeEntry(root, entry, changes);
    if (json) {
      console.log(JSON.stringify({ written: !dryRun, id: answers.id, key: answers.paper.key, files: changes.map(({ path }) => `${root}/${path}`), text: entry.text }, null, 2));
    } else if (dryRun) {
      console.log([entry.text, answers.paper.bibtex].filter(Boolean).join('\n'));
    } else {
      console.log(`Valid and written: ${changes.map(({ path }) => `${root}/${path}`).join(', ')}`);
      console.log(`Its page will be /methods/${answers.id}/. "npm run build" or "npm start" shows it; more fields are explained in ${root}/README.md.`);
    }
    return 0;
  } finally {
    talk?.close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof Left ? 130 : error instanceof AlreadyThere ? 1 : 2;
}
