/** The words of an entry's Markdown, without formulas, citations, addresses and marks: what the search reads and quotes. A heading ends in a colon. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\$\$[\s\S]*?\$\$/g, ' ')
    .replace(/\$[^$\n]*\$/g, ' ')
    .replace(/:cite\[[^\]]*\]/g, '')
    .replace(/:[a-z]+\[([^\]]*)\](?:\{[^{}\n]*\})?/g, '$1')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\|?[\s:|-]+\|?\s*$/gm, ' ')
    .replace(/\|/g, ' ')
    .replace(/^#{1,6}\s+(.*?)[\s.:]*$/gm, '$1: ')
    .replace(/^\s*(>|[-*+]|\d+\.)\s+/gm, ' ')
    .replace(/<[^>\n]*>/g, ' ')
    .replace(/[*_`]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?)])/g, '$1')
    .trim();
}
