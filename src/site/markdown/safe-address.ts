const elsewhere = /^https:\/\/[^\s\\/]+[^\s\\]*$/;
const within = /^(?:\.{1,2}\/|#|\/(?!\/))[^\s\\]*$/;

/**
 * An address that an entry may name: `https://` or a path within the site; undefined for every other, such as a script, a page
 * in the address, or a host without a scheme. A path from the site's root gets the `base` under which the site stands.
 */
export function safeAddress(address: string, base: string): string | undefined {
  if (elsewhere.test(address)) return URL.canParse(address) ? address : undefined;
  if (!within.test(address)) return undefined;
  return address.startsWith('/') ? base + address.slice(1) : address;
}
