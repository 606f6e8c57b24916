/** The page of a record: its cell's page, at the record's anchor. */
export function cellAddress({ table, key }: { readonly table: { readonly id: string }; readonly key: string }): string {
  return `results/${table.id}/${key}/`;
}
