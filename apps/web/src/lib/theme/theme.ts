/** How it looks on this device. `public/appearance.js` applies the same before the first paint. */
export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const THEME = 'chatapp.theme'
const DENSITY = 'chatapp.density'

export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  paintFrame(theme)
}

const CANVAS = { light: '#f6f5f2', dark: '#131415' }

/** The browser's own frame around the page, where it has a colour. */
export function paintFrame(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = CANVAS[theme === 'system' ? own : theme]
  }
}

export function currentDensity(): Density {
  return document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable'
}

export function setDensity(density: Density): void {
  localStorage.setItem(DENSITY, density)
  document.documentElement.dataset.density = density
}
