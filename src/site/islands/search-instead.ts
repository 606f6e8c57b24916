/** Offers to search for the words of an address at which there is no page. */
const place = document.querySelector<HTMLElement>('[data-search-instead]');
const button = place?.querySelector('button');
const shown = place?.querySelector('b');
const words = wordsOf(location.pathname);

if (place && button && shown && words !== '') {
  shown.textContent = `“${words}”`;
  place.hidden = false;
  button.addEventListener('click', () => {
    const field = document.querySelector<HTMLInputElement>('[data-search] input, input[type="search"]');
    if (!field) return;
    field.focus();
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** The last part of an address as words: `/methods/blm_plus.html` → `blm plus`. */
function wordsOf(path: string): string {
  const last = path.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last).replace(/\.[a-z]+$/i, '').replace(/[-_+\s]+/g, ' ').trim().slice(0, 60);
  } catch {
    return '';
  }
}

export {};
