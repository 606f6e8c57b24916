import type { OpenedAsset } from './asset-source.ts';
import { FormatError } from './bytes.ts';
import { digestContent } from './digest-content.ts';
import { arrayItems, objectEntries, parseJson, stringValue } from './json.ts';
import { readSafetensors } from './read-safetensors.ts';

/** The files of a home-made asset. */
export const homeMadeFiles = { card: 'model.json', weights: 'weights.safetensors' } as const;

/**
 * Opens home-made weights: `model.json` states `id` and `digest` (of the decoded content of `weights.safetensors`),
 * may list `classes`, and stays at hand as a text, for its recipe. Throws {@link FormatError} when the id or the
 * digest differ.
 */
export async function openHomeMade(id: string, read: (name: string) => Promise<Uint8Array>): Promise<OpenedAsset> {
  const cardFile = `${id}/${homeMadeFiles.card}`;
  const cardBytes = await read(homeMadeFiles.card);
  const card = objectEntries(parseJson(cardBytes, cardFile), cardFile, 'the card');
  const statedId = stringValue(card.get('id'), cardFile, "'id'");
  const stated = stringValue(card.get('digest'), cardFile, "'digest'");
  if (statedId !== id) {
    throw new FormatError(cardFile, card.get('id')?.offset ?? 0, `this is the card of ${JSON.stringify(statedId)}`);
  }

  const weightsFile = `${id}/${homeMadeFiles.weights}`;
  const tensors = readSafetensors(await read(homeMadeFiles.weights), weightsFile);
  const digest = digestContent(tensors);
  if (digest !== stated) {
    throw new FormatError(weightsFile, 0, `the content has digest ${digest}; its card states ${stated}`);
  }
  const text = new Map<string, string>([[homeMadeFiles.card, new TextDecoder().decode(cardBytes)]]);
  const listed = card.get('classes');
  if (listed) {
    const classes = arrayItems(listed, cardFile, "'classes'").map(
      (item) => stringValue(item, cardFile, 'a class name'),
    );
    text.set('classes', `${classes.join('\n')}\n`);
  }
  return { id, digest, tensors, text };
}
