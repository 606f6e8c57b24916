import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { catalogueJsonSchema } from '../../src/knowledge/index.ts';

interface Form {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Form>> | undefined;
  readonly items?: Form | undefined;
}

const form: z.ZodType<Form> = z.lazy(() =>
  z.object({ description: z.string().optional(), properties: z.record(z.string(), form).optional(), items: form.optional() }),
);

/** Every field of a form and of the forms inside it, by its path. */
const fieldsOf = ({ properties = {}, items }: Form, path = ''): readonly (readonly [path: string, field: Form])[] => [
  ...Object.entries(properties).flatMap(([name, field]) => [[`${path}${name}`, field] as const, ...fieldsOf(field, `${path}${name}.`)]),
  ...(items ? fieldsOf(items, `${path}[].`) : []),
];

test('every field of the published JSON Schema says what it holds, at every depth', () => {
  const fields = fieldsOf(form.parse(catalogueJsonSchema()));
  assert.deepEqual(fields.flatMap(([path, { description }]) => (description?.trim() ? [] : [path])), []);
  assert.ok(fields.length >= 100 && fields.some(([path]) => /\..*\./.test(path)), `${fields.length} fields`);
});
