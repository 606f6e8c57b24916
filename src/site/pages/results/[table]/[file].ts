import type { APIRoute, GetStaticPaths } from 'astro';
import { tableToCsv, tableToJson, tableToLatex, tableToMarkdown } from '../../../../results/index.ts';
import { tables } from '../../../data/tables.ts';

const writers = { csv: tableToCsv, json: tableToJson, md: tableToMarkdown, tex: tableToLatex } as const;

export const getStaticPaths: GetStaticPaths = () =>
  tables.flatMap((table) =>
    Object.entries(writers).map(([ending, write]) => ({
      params: { table: table.id, file: `${table.id}.${ending}` },
      props: { text: write(table) },
    })),
  );

/** A table for other programs, in the order of the page. */
export const GET: APIRoute<{ text: string }> = ({ props }) => new Response(props.text);
