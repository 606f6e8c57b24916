import { z } from 'zod';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import type { Path } from './places.ts';

/** What a schema says of one field, as JSON Schema; `form` is our own word for a text of one form. */
export type FieldForm = z.core.JSONSchema.BaseSchema;

const forms = new Map<EntryKind, FieldForm>();

/** The schema of a kind of entry as JSON Schema (2020-12), each field with its description. */
export function entryForm(kind: EntryKind): FieldForm {
  const known = forms.get(kind);
  if (known) return known;
  const form = z.toJSONSchema(entrySchemas[kind], { io: 'input' });
  forms.set(kind, form);
  return form;
}

const isForm = (value: unknown): value is FieldForm => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The form of what stands at `path`; undefined where the schema knows no such place. */
export function formAt(kind: EntryKind, path: Path): FieldForm | undefined {
  return path.reduce<FieldForm | undefined>((form, key) => {
    const next = form?.properties?.[String(key)] ?? (form?.type === 'array' ? form.items : form?.additionalProperties);
    return isForm(next) ? next : undefined;
  }, entryForm(kind));
}

/** The fields that may stand in the map at `path`. */
export function fieldsAt(kind: EntryKind, path: Path): readonly string[] {
  return Object.keys(formAt(kind, path)?.properties ?? {});
}

/** What may stand in a field, in words: `one of: a, b`, `a list of texts`, `a whole number from 1950`. */
export function formInWords(form: FieldForm): string {
  if (form.enum) return `one of: ${form.enum.join(', ')}`;
  if (form.const !== undefined) return String(form.const);
  if (typeof form['form'] === 'string') return form['form'];
  const { properties, items, additionalProperties } = form;
  if (form.type === 'array') {
    const item = isForm(items) ? items : {};
    const least = form.minItems ? 'a list' : 'a list, which may be empty,';
    return item.enum ? `${least} of: ${item.enum.join(', ')}` : `${least} of: ${formInWords(item)}`;
  }
  if (form.type === 'object') {
    if (properties) return `a map with: ${Object.keys(properties).join(', ')}`;
    return isForm(additionalProperties) ? `a map from a name to ${formInWords(additionalProperties)}` : 'a map';
  }
  if (form.type === 'boolean') return 'true or false';
  if (form.type === 'integer') return form.minimum !== undefined && form.minimum > -1e15 ? `a whole number from ${form.minimum}` : 'a whole number';
  return form.type === 'number' ? 'a number' : 'a text';
}

/** A value as it could stand in a line of YAML; `…` where only a person knows it. */
export function plausibleValue(form: FieldForm): string {
  if (form.enum) return String(form.enum[0] ?? '…');
  if (form.const !== undefined) return String(form.const);
  const { properties, items, required = [] } = form;
  if (form.type === 'array') return `[${isForm(items) ? plausibleValue(items) : '…'}]`;
  if (form.type === 'object') {
    const fields = required.flatMap((name) => {
      const field = properties?.[name];
      return isForm(field) ? [`${name}: ${plausibleValue(field)}`] : [];
    });
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
  }
  if (form.type === 'boolean') return 'false';
  if (form.type === 'integer' || form.type === 'number') return String(Math.max(1, form.minimum ?? 1));
  return '…';
}
