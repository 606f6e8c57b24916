/** An address within the site: `path` starts without a slash and, for a page, ends with one. */
export function href(path: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, '/');
  return `${base}${path}`;
}
