import { useTranslation } from 'react-i18next'
import packageJson from '../../../package.json' with { type: 'json' }
import { Install } from './Install.tsx'
import { Section } from './Section.tsx'

export function About() {
  const { t } = useTranslation('settings')
  return (
    <Section id="about" title={t('about')}>
      <Install />
      <p className="flex min-h-10 items-center justify-between text-row">
        {t('version')} <span className="text-ink-2">{packageJson.version}</span>
      </p>
      <a
        href="/docs"
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-10 items-center text-row text-accent-ink underline underline-offset-2"
      >
        {t('documentation')}
      </a>
    </Section>
  )
}
