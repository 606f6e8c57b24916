/** Words that nearly every page has; they cost a chunk of the index each and tell nothing apart. */
const fillers = new Set(
  'a an and are as at be by can do does for from has have how i in into is it its me of on or that the their to vs versus was what when where which who why with you'.split(' '),
);

/** Short forms that people type where pages spell the words out. */
const spelledOut: Readonly<Record<string, string>> = {
  kv: 'key value',
  llm: 'language model',
  llms: 'language models',
  lm: 'language model',
  vlm: 'vision language',
  vlms: 'vision language',
  ft: 'fine tuning',
  tsf: 'time series',
};

const raised: Readonly<Record<string, string>> = { '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4' };

/**
 * A query as the index takes it. Hyphens split words of two letters and more (“few-shot” stands in texts as “few-shot” and as “few shot”) and join
 * shorter ones (“P-tuning”); raised digits come down, carets and fillers go. A query in quotation marks stays a phrase.
 */
export function textQuery(query: string): string {
  const trimmed = query.trim().replace(/[“”„]/g, '"');
  if (/^".+"$/.test(trimmed)) return trimmed;
  const words = trimmed
    .replace(/[⁰¹²³⁴]/g, (digit) => raised[digit] ?? digit)
    .replace(/[\^"()[\]{}]/g, '')
    .split(/[\s/,;:·]+/)
    .flatMap((word) => {
      const parts = word.split(/[-‐‑–—]+/).filter((part) => part !== '');
      return parts.every((part) => part.length > 1) ? parts : [parts.join('')];
    })
    .filter((word) => word !== '');
  const telling = words.filter((word) => !fillers.has(word.toLowerCase()));
  return (telling.length > 0 ? telling : words).join(' ');
}

/** Other wordings of the same question, for when its own words find little: short forms spelled out, and the other country's spelling. */
export function otherWordings(text: string): readonly string[] {
  if (text.startsWith('"')) return [];
  const long = text
    .split(' ')
    .map((word) => spelledOut[word.toLowerCase()] ?? word)
    .join(' ');
  const american = long.replace(/is(e|ed|ing|ation|ations)\b/g, 'iz$1').replace(/our\b/g, 'or');
  const british = long.replace(/iz(e|ed|ing|ation|ations)\b/g, 'is$1').replace(/(col|behavi|fav)or\b/g, '$1our');
  return [...new Set([long, american, british])].filter((wording) => wording !== text);
}

/** The query without one of its words, each word in turn: what to look for where no page has them all. */
export function withoutOneWord(text: string): readonly string[] {
  const words = text.split(' ');
  if (text.startsWith('"') || words.length < 2 || words.length > 5) return [];
  return words.map((_, i) => words.filter((_, j) => j !== i).join(' '));
}
