import { byId } from './dom.ts';

const THEMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
type Theme = keyof typeof THEMES;

const AFTER: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const KEY = 'theme';

const isTheme = (word: string): word is Theme => Object.hasOwn(THEMES, word);

/** The switch between light, dark, and as the system has it; remembered in this browser. */
export function setUpTheme(): void {
  const button = byId('theme');
  const stored = localStorage.getItem(KEY) ?? 'auto';
  let theme: Theme = isTheme(stored) ? stored : 'auto';
  const show = () => {
    document.documentElement.dataset['theme'] = theme;
    byId('theme-name').textContent = theme;
    button.setAttribute('aria-label', `Colours: ${THEMES[theme]}. Change to ${THEMES[AFTER[theme]]}`);
  };
  button.addEventListener('click', () => {
    theme = AFTER[theme];
    localStorage.setItem(KEY, theme);
    show();
  });
  show();
}
