// Light or dark: the system's choice until the viewer says otherwise, remembered in this browser.

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'limen.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

let chosen = $state<Theme>(read());
let systemDark = $state(dark.matches);

export const theme = {
  get chosen() {
    return chosen;
  },
  /** What is on the screen now; charts redraw when it changes. */
  get shown(): 'light' | 'dark' {
    return chosen === 'system' ? (systemDark ? 'dark' : 'light') : chosen;
  },
};

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.shown;
  dark.addEventListener('change', () => {
    systemDark = dark.matches;
    document.documentElement.dataset['theme'] = theme.shown;
  });
}

export function chooseTheme(next: Theme): void {
  chosen = next;
  document.documentElement.dataset['theme'] = theme.shown;
  try {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is closed.
  }
}

function read(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}
