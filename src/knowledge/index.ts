export {
  conceptGroups,
  conceptSchema,
  entrySchemas,
  families,
  methodSchema,
  modalities,
  modelSchema,
  paperSchema,
  statedClass,
  taskSchema,
} from './entry.ts';
export type { ConceptEntry, ConceptGroup, EntryKind, Family, MethodEntry, ModelEntry, PaperEntry, TaskEntry, Term } from './entry.ts';
export { readBibliography, shortCitation } from './bibliography.ts';
export type { Bibliography, BibliographyMistake, Work } from './bibliography.ts';
export { evaluateFormula, FormulaError, lettersOf } from './formula.ts';
export { splitFrontMatter } from './front-matter.ts';
export type { FrontMatter, Position } from './front-matter.ts';
export { rules } from './finding.ts';
export type { Finding, Rule } from './finding.ts';
export { presentDay } from './present-day.ts';
export { validateContent } from './validate-content.ts';
export type { ValidationReport } from './validate-content.ts';
export { findingsText, coverageText, summaryText } from './validation-text.ts';
export { annotation } from './annotation.ts';
export { measuredPlace, measuredPlaces } from './measured-place.ts';
export type { MeasuredPlace } from './measured-place.ts';
export { addCoverage, coverageOf, noCoverage } from './coverage.ts';
export type { Coverage } from './coverage.ts';
export { fieldReference } from './field-reference.ts';
export { kindOf } from './entry-file.ts';
export type { ContentFile } from './content-file.ts';
export { askedDimensions, classQuestions, familyQuestion, frozenQuestion, usualFamily } from './questions.ts';
export type { Choice, Question } from './questions.ts';
export { similarEntries } from './similar-entries.ts';
export type { SimilarEntry, Sketch } from './similar-entries.ts';
export { PaperError, paperFromBibtex, paperFromParts } from './cited-paper.ts';
export type { CitedPaper, TypedPaper } from './cited-paper.ts';
export { composeEntry, idFor } from './compose-entry.ts';
export type { Answers } from './compose-entry.ts';
export { catalogueDocument, catalogueJsonSchema, catalogueSchema, credit, csvFields, fieldsOf, licence, methodsCsv, parseCatalogue } from './catalogue.ts';
export type { Catalogue, Entry } from './catalogue.ts';
export { listFields, listFormats } from './exporters/index.ts';
export type { ListedMethod, ListFormat, MethodList } from './exporters/index.ts';
export { synonymsOf } from './synonyms.ts';
export type { EntryRef, Synonym } from './synonyms.ts';
