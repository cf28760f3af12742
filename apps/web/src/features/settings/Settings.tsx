import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, LANGUAGES, type Language, setLanguage } from '../../lib/i18n/i18n.ts'
import { signOut } from '../../lib/session/session.ts'
import { currentTheme, setTheme, type Theme } from '../../lib/theme/theme.ts'
import { Button } from '../../ui/Button.tsx'

const SELECT = 'h-9 rounded-card border border-line-strong bg-canvas px-2 text-row'

/** A first version: appearance, language, signing out. */
export function Settings() {
  const { t } = useTranslation('settings')
  const [theme, setShown] = useState<Theme>(currentTheme)
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-xl gap-6 p-6">
        <div className="flex items-center gap-2">
          <Link
            to="/"
            aria-label={t('back', { ns: 'app' })}
            className="rounded-control hover:bg-active"
          >
            <ChevronLeft size={22} aria-hidden />
          </Link>
          <h1 className="text-page">{t('title')}</h1>
        </div>
        <label className="flex items-center justify-between">
          {t('theme')}
          <select
            className={SELECT}
            value={theme}
            onChange={(event) => {
              // The options are the themes.
              const chosen = event.target.value as Theme
              setTheme(chosen)
              setShown(chosen)
            }}
          >
            <option value="system">{t('themeSystem')}</option>
            <option value="light">{t('themeLight')}</option>
            <option value="dark">{t('themeDark')}</option>
          </select>
        </label>
        <label className="flex items-center justify-between">
          {t('language')}
          <select
            className={SELECT}
            value={currentLanguage()}
            // The options are the languages.
            onChange={(event) => void setLanguage(event.target.value as Language)}
          >
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <div>
          <Button look="danger" onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
        </div>
      </div>
    </main>
  )
}
