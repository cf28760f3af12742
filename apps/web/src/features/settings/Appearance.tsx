import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { currentLanguage, LANGUAGES, type Language } from '../../lib/i18n/i18n.ts'
import { savePreferences } from '../../lib/preferences/preferences.ts'
import { currentDensity, currentTheme, type Density, type Theme } from '../../lib/theme/theme.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Section } from './Section.tsx'

export function Appearance() {
  const { t } = useTranslation('settings')
  const preferences = useSelf()?.preferences
  const languages = Object.entries(LANGUAGES).map(([code, label]) => ({
    // The keys of the languages.
    value: code as Language,
    label,
  }))
  return (
    <Section id="appearance" title={t('appearance')} text={t('appearanceText')}>
      <div className="grid gap-2">
        <Choice<Theme>
          label={t('theme')}
          value={preferences?.theme ?? currentTheme()}
          options={[
            { value: 'system', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
          ]}
          onChange={(theme) => void savePreferences({ theme })}
        />
        <Choice<Density>
          label={t('density')}
          value={preferences?.density ?? currentDensity()}
          options={[
            { value: 'comfortable', label: t('densityComfortable') },
            { value: 'compact', label: t('densityCompact') },
          ]}
          onChange={(density) => void savePreferences({ density })}
        />
        <Choice
          label={t('language')}
          value={currentLanguage()}
          options={languages}
          onChange={(language) => void savePreferences({ language })}
        />
      </div>
    </Section>
  )
}
