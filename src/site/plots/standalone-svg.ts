import type { Drawing } from './drawing.ts';
import { escapeText } from './escape-text.ts';

/** The look of the pages' plots for a picture that stands alone; in both schemes, by the reader's preference. */
const style = `
svg{--ink:#1b232d;--ink-soft:#4d5965;--paper:#fbfaf6;--rule:#dedacd;--rule-strong:#b3ac9a;--link:#0a5575;--band:#f1eddf;--configuration:#005d99;--location:#a1400a;--operator:#00664a;--alignment:#83328a;font:12px system-ui,sans-serif}
@media(prefers-color-scheme:dark){svg{--ink:#e7e4dc;--ink-soft:#a7b1bb;--paper:#11161c;--rule:#2b3641;--rule-strong:#4a5866;--link:#84c7ea;--band:#1d262f;--configuration:#79c0f2;--location:#f2a679;--operator:#63d2a9;--alignment:#df9fe0}}
.paper{fill:var(--paper)}text{fill:var(--ink)}.title{font-weight:600}
.axis text{fill:var(--ink-soft);font-size:11px;text-anchor:middle}.upright text,.axis.upright text{text-anchor:end}text.soft{fill:var(--ink-soft)}.own{font-weight:600}
.band{fill:var(--band)}.grid,.base,.break{fill:none;stroke:var(--rule)}.base,.break{stroke:var(--rule-strong)}
.interval{fill:none;stroke:var(--ink);stroke-width:1.5}.interval.soft{stroke:var(--ink-soft);stroke-dasharray:3 2}.interval.off{stroke:var(--rule-strong)}
.runs,.means{fill:none;stroke:var(--ink);stroke-width:7;stroke-linecap:round}.runs{stroke-width:4.4;opacity:.28}.means.off{stroke:var(--ink-soft);stroke-width:5}
.open{fill:var(--paper);stroke:var(--ink-soft);stroke-width:1.5}.front{fill:none;stroke:var(--link);stroke-width:1.6}
.fill-configuration{fill:var(--configuration)}.fill-location{fill:var(--location)}.fill-operator{fill:var(--operator)}.fill-alignment{fill:var(--alignment)}.fill-none{fill:var(--rule-strong)}`;

/** A drawing as a file: title above, its own style, text alternative. Draw it with a pen that needs no sheet. */
export function standaloneSvg({ width, height, body, says }: Drawing, title: string): string {
  const margin = 12;
  const head = 26;
  const [w, h] = [width + 2 * margin, height + head + margin];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="${escapeText(says)}">`,
    `<title>${escapeText(title)}</title><desc>${escapeText(says)}</desc><style>${style}</style><rect class="paper" width="${w}" height="${h}"/>`,
    `<text class="title" x="${margin}" y="18">${escapeText(title)}</text>`,
    `<g transform="translate(${margin} ${head})">${body}</g></svg>`,
  ].join('\n') + '\n';
}
