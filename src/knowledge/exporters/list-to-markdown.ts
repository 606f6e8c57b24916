import type { MethodList } from './method-list.ts';

function escape(text: string): string {
  return text.replace(/[\\|*_`<>#[\]]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}

const words = (values: readonly string[]): string => escape(values.join(', ')) || '–';

/** A pipe table: the name leads to the entry's page. */
export function listToMarkdown({ methods, from, licence, credit }: MethodList): string {
  const rows = methods.map((method) =>
    [
      `[${escape(method.name)}](<${method.address}>)`,
      escape(method.family),
      words(method.configuration),
      words(method.location),
      words(method.operator),
      words(method.alignment),
      String(method.year),
      escape(method.venue),
      escape(method.summary),
    ].join(' | '),
  );
  return [
    '| Method | Family | Configuration | Location | Operator | Alignment | Year | Venue | What it does |',
    '| --- | --- | --- | --- | --- | --- | ---: | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `From the [Reprogrammability Atlas](<${from}>), ${escape(licence)}. ${escape(credit)}`,
    '',
  ].join('\n');
}
