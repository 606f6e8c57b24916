import { rearrange } from './rearrange.ts';

/**
 * Saves the file that a link leads to with its rows in the order shown. `shown` are the places, in the page's own order,
 * of the rows as they stand now.
 */
export async function saveArranged(link: HTMLAnchorElement, shown: readonly number[]): Promise<void> {
  const name = new URL(link.href).pathname.split('/').at(-1) ?? '';
  const answer = await fetch(link.href);
  const text = rearrange(await answer.text(), name.split('.').at(-1) ?? '', shown);
  const saver = document.createElement('a');
  saver.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  saver.download = name;
  saver.click();
  setTimeout(() => URL.revokeObjectURL(saver.href), 1000);
}
