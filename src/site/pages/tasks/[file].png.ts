import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { taskFacts } from '../../components/things/cards-of-things.ts';
import { cropPng } from '../../components/things/crop-png.ts';
import { specimens, strip } from '../../components/things/sheet-parts.ts';
import type { SheetPart } from '../../components/things/sheet-parts.ts';
import { taskCards } from '../../data/cards.ts';
import { folders } from '../../data/project.ts';

type Props = {
  readonly sheet: string;
  readonly part: SheetPart;
};

export const getStaticPaths: GetStaticPaths = () =>
  taskCards.flatMap((card) => {
    const facts = taskFacts.parse(card);
    if (!('samples' in facts) || facts.samples === null) return [];
    const { samples, classes } = facts;
    const props = (part: SheetPart): Props => ({ sheet: samples.file, part });
    return [
      { params: { file: card.id }, props: props(specimens(samples, classes.length)) },
      { params: { file: `${card.id}-strip` }, props: props(strip(samples)) },
    ];
  });

/** Sample pictures of a task: for its page, and the first few of them for the list. */
export const GET: APIRoute<Props> = ({ props: { sheet, part } }) =>
  new Response(new Uint8Array(cropPng(readFileSync(join(folders.benchmarks, 'cards', 'tasks', sheet)), part)), {
    headers: { 'content-type': 'image/png' },
  });
