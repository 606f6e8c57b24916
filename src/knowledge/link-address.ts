/** What an address of a link comes to. */
export interface LinkAddress {
  /** With entities, escapes and hidden characters resolved. */
  readonly text: string;
  /** Small letters, without the colon; undefined for a path. */
  readonly scheme: string | undefined;
}

const named: Readonly<Record<string, string>> = {
  amp: '&', apos: "'", colon: ':', comma: ',', gt: '>', lpar: '(', lt: '<', nbsp: ' ', newline: '\n', num: '#',
  period: '.', quot: '"', rpar: ')', semi: ';', sol: '/', tab: '\t',
};

function character(code: number): string {
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** A text with its HTML entities, as far as they can spell an address, resolved. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,8});?|#(\d{1,8});?|([a-z]+);)/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    if (decimal !== undefined) return character(Number(decimal));
    return named[(name ?? '').toLowerCase()] ?? whole;
  });
}

/** Reads an address as a browser would: entities and escapes resolved, spaces and control characters taken away. */
export function linkAddress(raw: string): LinkAddress {
  const text = withoutEntities(raw.replace(/\\([!-/:-@[-`{-~])/g, '$1')).replace(/[\0-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+/g, '');
  return { text, scheme: /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() };
}

/** Schemes that carry a script or a page of their own. */
export const scriptSchemes: readonly string[] = ['javascript', 'vbscript', 'livescript', 'data', 'blob', 'filesystem', 'view-source'];
