import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Section } from './Section.tsx'

export function IntegrationsEntry() {
  const { t } = useTranslation('settings')
  return (
    <Section id="integrations" title={t('integrations')} text={t('integrationsText')}>
      <Link
        to="/settings/integrations"
        className="inline-flex min-h-10 items-center text-row text-accent-ink underline underline-offset-2"
      >
        {t('integrationsOpen')}
      </Link>
    </Section>
  )
}
