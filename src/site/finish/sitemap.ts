const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A sitemap of whole addresses, in the order of their letters. */
export function sitemap(addresses: readonly string[]): string {
  const lines = [...addresses].sort().map((address) => `  <url><loc>${address.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)}</loc></url>`);
  return ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', ...lines, '</urlset>', ''].join('\n');
}
