export {
  conceptSchema,
  entrySchemas,
  families,
  methodSchema,
  modalities,
  modelSchema,
  statedClass,
  taskSchema,
} from './entry.ts';
export type { ConceptEntry, EntryKind, Family, MethodEntry, ModelEntry, TaskEntry } from './entry.ts';
export { readBibliography, shortCitation } from './bibliography.ts';
export type { Bibliography, BibliographyMistake, Work } from './bibliography.ts';
export { evaluateFormula, FormulaError, lettersOf } from './formula.ts';
export { splitFrontMatter } from './front-matter.ts';
export type { FrontMatter, Position } from './front-matter.ts';
export { rules } from './finding.ts';
export type { Finding, Rule } from './finding.ts';
export { validateContent } from './validate-content.ts';
export type { ValidationReport } from './validate-content.ts';
export type { ContentFile } from './content-file.ts';
