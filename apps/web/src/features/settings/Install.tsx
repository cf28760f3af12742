import { useTranslation } from 'react-i18next'
import { install, useInstallOffer } from '../../lib/shell/install.ts'
import { Button } from '../../ui/Button.tsx'

/** Only where the browser offers it. */
export function Install() {
  const { t } = useTranslation('settings')
  const isOffered = useInstallOffer(({ offer }) => offer !== null)
  if (!isOffered) return null
  return (
    <div className="flex min-h-10 items-center justify-between gap-4 text-row">
      <span>
        {t('install')}
        <span className="block text-small text-ink-2">{t('installText')}</span>
      </span>
      <Button size="small" onClick={() => void install()}>
        {t('installNow')}
      </Button>
    </div>
  )
}
