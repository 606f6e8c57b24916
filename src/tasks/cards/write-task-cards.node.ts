import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssetUnavailable } from '../../assets/index.ts';
import type { AssetSource } from '../../assets/index.ts';
import type { TaskRow } from '../catalogue.ts';
import { encodePng } from './encode-png.node.ts';
import { makeTaskCard } from './task-card.ts';

/** What became of each task's card. */
export interface WrittenCards {
  readonly written: readonly string[];
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

/** Writes `<id>.json`, and `<id>.png` where sample pictures may be shown, into `folder`; leaves the cards of tasks whose data is not here. */
export async function writeTaskCards(rows: readonly TaskRow[], assets: AssetSource, folder: string): Promise<WrittenCards> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const skipped: { id: string; reason: string }[] = [];
  for (const row of rows) {
    try {
      const { card, sheet } = makeTaskCard(row, await row.load(assets));
      if (sheet && 'samples' in card && card.samples) {
        const channels = card.shape[2] === 1 ? 1 : 3;
        await writeFile(join(folder, card.samples.file), encodePng(sheet.pixels, sheet.rows, sheet.columns, channels));
      }
      await writeFile(join(folder, `${card.id}.json`), `${JSON.stringify(card, null, 2)}\n`);
      written.push(row.id);
    } catch (error) {
      if (!(error instanceof AssetUnavailable)) throw error;
      skipped.push({ id: row.id, reason: error.reason });
    }
  }
  return { written, skipped };
}
