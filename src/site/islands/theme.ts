/** Switches between the light and the dark scheme; the choice is kept, and the system's own is the start. */
const root = document.documentElement;
const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
const system = matchMedia('(prefers-color-scheme: dark)');

const isDark = (): boolean => (root.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';

function show(): void {
  if (button) button.textContent = isDark() ? 'Light' : 'Dark';
}

if (button) {
  button.hidden = false;
  button.setAttribute('aria-label', 'Switch between light and dark');
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    root.dataset['theme'] = next;
    try {
      localStorage.setItem('theme', next);
    } catch {
      // Where nothing may be kept, the choice holds for this page.
    }
    show();
  });
  system.addEventListener('change', show);
  show();
}

export {};
