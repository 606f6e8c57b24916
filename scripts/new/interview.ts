import {
  askedDimensions,
  classQuestions,
  familyQuestion,
  frozenQuestion,
  idFor,
  lettersOf,
  modalities,
  PaperError,
  paperFromBibtex,
  paperFromParts,
  presentDay,
  similarEntries,
  usualFamily,
} from '../../src/knowledge/index.ts';
import type { Answers, Bibliography, CitedPaper, Family, MethodEntry, Question } from '../../src/knowledge/index.ts';
import type { Dimension, TaxonomyClass } from '../../src/taxonomy/index.ts';
import type { Catalogue } from './catalogue.ts';
import { addressOrNone, anything, arxivNumber, formulaOrNothing, freeName, something, yearUpTo } from './checks.ts';
import { askText } from './conversation.ts';
import type { Talk } from './conversation.ts';
import { AnswerError, Interviewer } from './interviewer.ts';
import type { Sought } from './sought.ts';

/** The method is in the catalogue already. */
export class AlreadyThere extends Error {
  readonly entry: MethodEntry;
  constructor(entry: MethodEntry) {
    super(`It is there already: content/methods/${entry.id}.md (${entry.name}). Improve that entry; nothing was written.`);
    this.entry = entry;
  }
}

const modalityQuestion: Question<(typeof modalities)[number]> = {
  ask: 'What kinds of data does it treat?',
  help: 'image-text is for models that take both.',
  many: true,
  choices: modalities.map((value) => ({ value, label: value, means: 'people can filter by it' })),
};

async function askClass(interview: Interviewer, { class: given, rationale }: Sought) {
  const configuration = await interview.choice('configuration', given.configuration, classQuestions.configuration);
  const location = await interview.choice('location', given.location, classQuestions.location);
  const operator = await interview.choice('operator', given.operator, classQuestions.operator);
  const alignment = await interview.choice('alignment', given.alignment, classQuestions.alignment);
  const found: TaxonomyClass = { configuration, location, operator, alignment };
  const why: Partial<Record<Dimension, string>> = {};
  interview.say('\nA sentence for each answer helps readers (Enter leaves it out).');
  for (const name of askedDimensions) {
    const reason = await interview.text(`why-${name}`, rationale[name], `Why ${found[name].join(' and ')} (${name})`, anything, '');
    if (reason !== '') why[name] = reason;
  }
  return { found, why };
}

async function askPaper(interview: Interviewer, sought: Sought, bibliography: Bibliography, thisYear: number): Promise<CitedPaper | undefined> {
  const byHand = async (): Promise<CitedPaper | undefined> => {
    const arxiv = await interview.text('arxiv', sought.arxiv, 'arXiv number', arxivNumber);
    const title = await interview.text('title', sought.title, 'Title of the paper', something);
    const authors = sought.authors ?? (await interview.text('authors', undefined, 'Authors, "Given Family; Given Family"', something)).split(';').map((each) => each.trim()).filter(Boolean);
    const year = sought.year ?? Number(await interview.text('year', undefined, 'Year', yearUpTo(thisYear)));
    const venue = await interview.text('venue', sought.venue, 'Where it was published', something, 'arXiv');
    if (interview.isAlone && (arxiv === '' || title === '' || authors.length === 0 || !year)) return undefined;
    return paperFromParts({ arxiv, title, authors, year, venue }, bibliography);
  };
  for (let bibtex = sought.bibtex; ; bibtex = undefined) {
    try {
      if (bibtex !== undefined) return paperFromBibtex(bibtex, bibliography);
      if (interview.isAlone && sought.arxiv === undefined && sought.title === undefined) {
        interview.miss('--bibtex FILE (or --arxiv, --title, --authors and --year)');
        return undefined;
      }
      const pasted = sought.arxiv === undefined ? await interview.bibtex('\nThe paper: paste its BibTeX, or type its arXiv number.') : undefined;
      if (pasted === undefined) return await byHand();
      if (pasted.trim().startsWith('@')) return paperFromBibtex(pasted, bibliography);
      if (arxivNumber(pasted.trim()) === undefined) return await askPaper(interview, { ...sought, arxiv: pasted.trim() }, bibliography, thisYear);
      interview.say('  BibTeX starts with @, and an arXiv number looks like 2203.12119. A paper without such a number needs its BibTeX.');
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      if (interview.isAlone) throw new AnswerError(error.message);
      interview.say(`  ${error.message}`);
    }
  }
}

async function askTrainable(interview: Interviewer, sought: Sought, isFixed: boolean): Promise<MethodEntry['trainable']> {
  if (sought.unknown !== undefined) return { unknown: sought.unknown };
  const formula = await interview.text('formula', sought.formula, '\nHow many numbers are trained for one task? A formula as "p * d" (Enter if unknown)', formulaOrNothing, isFixed ? '0' : '');
  if (formula === '') {
    const why = await interview.text('unknown', undefined, 'Why isn’t it known', something, 'Not stated in what was read for this entry.');
    return { unknown: why };
  }
  const where: Record<string, string> = {};
  for (const letter of lettersOf(formula)) {
    const given = sought.where?.[letter];
    where[letter] = given ?? (await interview.text(`where "${letter}=…"`, undefined, `What ${letter} stands for`, something));
  }
  return Object.keys(where).length > 0 ? { formula, where } : { formula };
}

/**
 * Asks for what the options left open and composes the answers.
 * @throws AlreadyThere where the person finds the method among the nearest entries; AnswerError where an answer lacks or is wrong
 */
export async function interviewFor(sought: Sought, catalogue: Catalogue, talk: Talk | undefined, today: string): Promise<Answers> {
  const interview = new Interviewer(talk);
  const thisYear = Number(presentDay(catalogue.files, today).slice(0, 4));
  const frozen = sought.frozen ?? (sought.family === 'PCA' ? false : (await interview.choice('frozen', undefined, frozenQuestion, 'yes'))[0] === 'yes');
  const asked = frozen ? await askClass(interview, sought) : undefined;
  const kinds = await interview.choice('modalities', sought.modalities, modalityQuestion);
  const summary = await interview.text('summary', sought.summary, '\nOne sentence that says what it does', something);

  const words = [sought.name, sought.title, summary].filter(Boolean).join(' ');
  const near = similarEntries({ class: asked?.found, modalities: kinds, words }, catalogue.methods);
  if (!sought.isNew && near.length > 0 && talk) {
    talk.say('\nNearest in the catalogue:');
    for (const [i, { entry, differs }] of near.entries()) {
      talk.say(`  ${i + 1}  ${entry.name} (${entry.authors[0] ?? ''}, ${entry.year}): ${entry.summary}`);
      talk.say(`     ${differs.length === 0 ? 'same class' : `differs in ${differs.join(', ')}`}`);
    }
    const answer = await askText(talk, 'Is yours one of these? Its number, or Enter for no', (typed) => (typed === '' || near[Number(typed) - 1] ? undefined : `A number from 1 to ${near.length}, or Enter.`), '');
    const same = near[Number(answer) - 1];
    if (answer !== '' && same) throw new AlreadyThere(same.entry);
  }

  const name = await interview.text('name', sought.name, '\nIts short name, as the paper writes it', freeName(catalogue));
  const usual = asked && usualFamily(asked.found);
  const family: Family = asked ? (sought.family ?? (await interview.choice('family', undefined, familyQuestion, usual))[0] ?? 'MR') : 'PCA';
  if (asked && family === 'PCA') throw new AnswerError('--family PCA is for methods that train weights of the model: use it with --frozen no.');
  const paper = await askPaper(interview, sought, catalogue.bibliography, thisYear);
  const code = await interview.text('code', sought.code, 'Address of the code', addressOrNone, 'none found');
  const trainable = await askTrainable(interview, sought, asked?.found.configuration.every((value) => value === 'fixed') ?? false);
  const does = await interview.text('does', sought.does, '\nWhat it does, in two to four sentences on one line', something);
  const setting = await interview.text('setting', sought.setting, 'In what setting: which frozen model, which data (Enter leaves it out)', anything, '');
  const meaning = await interview.text('meaning', sought.meaning, 'What its class means in its case (Enter leaves it out)', anything, '');
  interview.demand();
  if (!paper) throw new AnswerError('The paper is missing.');
  return {
    id: idFor(name),
    name,
    family,
    class: asked?.found,
    rationale: asked?.why ?? {},
    modalities: [...kinds],
    summary,
    paper,
    code,
    trainable,
    aliases: sought.aliases ?? [],
    does,
    setting,
    meaning,
    today,
  };
}
