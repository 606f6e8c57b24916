import type { APIRoute, GetStaticPaths } from 'astro';
import { columnSlug, dotRows, paretoSubject, pricedRows, subjectOf } from '../../../../data/plots.ts';
import { tables } from '../../../../data/tables.ts';
import { drawDotPlot } from '../../../../plots/dot-plot.ts';
import { drawParetoPlot } from '../../../../plots/pareto-plot.ts';
import { drawnSigil } from '../../../../plots/sigil-pen.ts';
import { standaloneSvg } from '../../../../plots/standalone-svg.ts';

export const getStaticPaths: GetStaticPaths = () =>
  tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const subject = subjectOf(table, column);
      const slug = columnSlug(column);
      const dots = drawDotPlot(dotRows(table, column.key), subject, drawnSigil);
      const prices = drawParetoPlot(pricedRows(table, column.key), paretoSubject(table, column), drawnSigil);
      return [
        ...(dots ? [{ params: { table: table.id, plot: slug }, props: { text: standaloneSvg(dots, subject) } }] : []),
        ...(prices ? [{ params: { table: table.id, plot: `${slug}-trained` }, props: { text: standaloneSvg(prices, subject) } }] : []),
      ];
    }),
  );

/** A plot of a table as a picture that needs no page around it. */
export const GET: APIRoute<{ text: string }> = ({ props }) => new Response(props.text);
