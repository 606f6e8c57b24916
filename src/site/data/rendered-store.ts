import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A text of an entry as HTML, with its headings. */
const renderedText = z.object({
  html: z.string(),
  headings: z.array(z.object({ depth: z.number(), slug: z.string(), text: z.string() })),
});
export type RenderedText = z.infer<typeof renderedText>;

export interface RenderedStore {
  /** What `make` gives for a text that depends on `parts` alone, made at most once for the same parts. */
  of(parts: readonly unknown[], make: () => Promise<RenderedText>): Promise<RenderedText>;
  /** Takes away what was of no use in this build, once that is more than twice what was. */
  tidy(): void;
}

/**
 * Keeps rendered texts in a folder, each under the digest of everything that it depends on: its own parts, and what all of
 * them share (the renderer's code and its packages). A text that can't be read is made again.
 */
export function renderedStore(folder: string, shared: string): RenderedStore {
  const used = new Set<string>();
  return {
    async of(parts, make) {
      const digest = createHash('sha256').update(JSON.stringify([shared, ...parts])).digest('hex').slice(0, 40);
      const name = join(digest.slice(0, 2), `${digest.slice(2)}.json`);
      used.add(name);
      const file = join(folder, name);
      const kept = existsSync(file) ? readKept(file) : undefined;
      if (kept !== undefined) return kept;
      const made = await make();
      mkdirSync(dirname(file), { recursive: true });
      // Beside its place and renamed, so that a build beside this one never reads half a text.
      writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
      renameSync(`${file}.${process.pid}`, file);
      return made;
    },
    tidy() {
      if (!existsSync(folder)) return;
      const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
      const idle = kept.filter((name) => !used.has(name));
      if (idle.length > 2 * used.size) for (const name of idle) rmSync(join(folder, name), { force: true });
    },
  };
}

function readKept(file: string): RenderedText | undefined {
  try {
    return renderedText.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
