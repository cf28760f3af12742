import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { noteDevice } from '../storage/device.ts'
import en from './en.json' with { type: 'json' }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: typeof en
  }
}

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES
const KEY = 'chatapp.language'

/** Ready with the language chosen on this device, else the browser's. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'app',
    resources: { en },
    // React escapes; doing it twice would show entities.
    interpolation: { escapeValue: false },
  })
  await setLanguage(chosenLanguage())
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'app')) {
    const { default: de } = await import('./de.json', { with: { type: 'json' } })
    for (const [namespace, texts] of Object.entries(de)) {
      i18next.addResourceBundle('de', namespace, texts)
    }
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(KEY, language)
  void noteDevice({ language })
}

export function currentLanguage(): Language {
  return i18next.language === 'de' ? 'de' : 'en'
}

function chosenLanguage(): Language {
  const chosen = localStorage.getItem(KEY) ?? navigator.language
  return chosen.startsWith('de') ? 'de' : 'en'
}
