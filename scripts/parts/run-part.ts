import { failure, settle, type Outcome, type Part, type PartOptions } from './part.ts';

/** Runs one part, prints its failures in full and its line, and gives the outcome; a part that breaks has failed. */
export async function runPart(part: Part, options: PartOptions): Promise<Outcome> {
  const began = performance.now();
  console.log(`${part.name}: ${part.describes}`);
  let outcome: Outcome;
  try {
    outcome = settle(await part.run(options));
  } catch (error) {
    outcome = failure('nothing', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  for (const text of outcome.failures) console.log(text.replace(/^/gm, '  ✗ ').replace(/\n {2}✗ /g, '\n    '));
  for (const text of outcome.notes) console.log(`  note: ${text}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`  → ${outcome.passed} passed, ${outcome.failed} failed (${outcome.examined}; ${seconds} s)\n`);
  return outcome;
}
