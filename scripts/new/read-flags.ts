import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { families, modalities } from '../../src/knowledge/index.ts';
import type { Family } from '../../src/knowledge/index.ts';
import { alignments, configurations, locations, operators } from '../../src/taxonomy/index.ts';
import type { Sought } from './sought.ts';

export const help = `npm run new [-- options]
Asks in plain words what a method does, shows the entries most like it, writes content/methods/<id>.md and the
bibliography entry, and validates both. Needs no network, overwrites nothing; Ctrl-C leaves everything as it was.
Every answer can be given as an option; without a terminal all that are needed must be.

  what it is
  --frozen yes|no           whether the weights of the pretrained model stay as they are
  --configuration VALUES    learnable, fixed             several values with commas
  --location VALUES         input, embedding, hidden
  --operator VALUES         additive, concatenative, parametric
  --alignment VALUES        identity, structural, statistical, linear
  --why-configuration TEXT  a sentence that says why; also --why-location, --why-operator, --why-alignment
  --family MR|PT|PI         model reprogramming, prompt tuning, prompt instruction (PCA with --frozen no)
  --modalities VALUES       ${modalities.slice(0, 4).join(', ')}, …
  --new                     the nearest entries have been looked at: mine is another

  where it comes from
  --bibtex FILE             the paper as BibTeX ("-" reads standard input), or by hand:
  --arxiv NUMBER --title TEXT --authors "Given Family; Given Family" --year YEAR [--venue NAME]
  --code ADDRESS            default: none found

  what the entry says
  --name TEXT               the short name, as the paper writes it
  --summary TEXT            one sentence that says what it does
  --formula TEXT            how many numbers it trains, as in "p * d"; 0 if nothing is trained
  --where "p=…; d=…"        what the letters mean
  --unknown TEXT            instead of a formula: why no count is given
  --aliases "A; B"          other names under which people look for it
  --does TEXT               what it does, in two to four sentences
  --setting TEXT            with which frozen model, on which data
  --meaning TEXT            what its class means in its case

  --root DIR                the content folder (default: content)
  --dry-run                 show the files and write nothing
  --json                    the account as JSON
  --help

Exit code 0: written (or shown). 1: it would not be valid, or yours is there already. 2: an answer is missing or wrong.
130: left with Ctrl-C.`;

/** A flag that can't be taken. */
export class FlagError extends Error {}

function among<V extends string>(flag: string, text: string | undefined, values: readonly V[]): readonly V[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  const wrong = parts.find((part) => !values.some((value) => value === part));
  if (wrong !== undefined || parts.length === 0) throw new FlagError(`--${flag} "${wrong ?? text}" isn't among: ${values.join(', ')}.`);
  return values.filter((value) => parts.includes(value));
}

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text?.split(';').map((part) => part.trim()).filter(Boolean);

function lettersOf(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    (listOf(text) ?? []).map((part) => {
      const at = part.indexOf('=');
      if (at < 1) throw new FlagError(`--where "${part}" should read like "p=number of tokens".`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new FlagError(`--bibtex "${file}" can't be read.`);
  }
}

function yesOrNo(flag: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'yes' && text !== 'no') throw new FlagError(`--${flag} "${text}" should be yes or no.`);
  return text === 'yes';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** @throws FlagError with a sentence for the person, or parseArgs' own error for an unknown option */
export function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      frozen: text, configuration: text, location: text, operator: text, alignment: text,
      'why-configuration': text, 'why-location': text, 'why-operator': text, 'why-alignment': text,
      family: text, modalities: text, new: flag,
      bibtex: text, arxiv: text, title: text, authors: text, year: text, venue: text, code: text,
      name: text, summary: text, formula: text, where: text, unknown: text, aliases: text,
      does: text, setting: text, meaning: text,
      root: { type: 'string', default: 'content' }, 'dry-run': flag, json: flag, help: flag,
    },
  });
  const given = <T>(entries: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const family = among('family', values.family, Object.keys(families) as Family[]);
  const sought: Sought = {
    frozen: yesOrNo('frozen', values.frozen),
    class: given({
      configuration: among('configuration', values.configuration, configurations),
      location: among('location', values.location, locations),
      operator: among('operator', values.operator, operators),
      alignment: among('alignment', values.alignment, alignments),
    }),
    rationale: given({
      configuration: values['why-configuration'],
      location: values['why-location'],
      operator: values['why-operator'],
      alignment: values['why-alignment'],
    }),
    family: family?.[0],
    modalities: among('modalities', values.modalities, modalities)?.slice(),
    name: values.name,
    summary: values.summary,
    bibtex: values.bibtex === undefined ? undefined : textOf(values.bibtex),
    arxiv: values.arxiv,
    title: values.title,
    authors: listOf(values.authors),
    year: values.year === undefined ? undefined : Number(values.year),
    venue: values.venue,
    code: values.code,
    formula: values.formula,
    where: lettersOf(values.where),
    unknown: values.unknown,
    aliases: listOf(values.aliases),
    does: values.does,
    setting: values.setting,
    meaning: values.meaning,
    isNew: values.new,
  };
  return { sought, root: values.root, dryRun: values['dry-run'], json: values.json, help: values.help };
}
