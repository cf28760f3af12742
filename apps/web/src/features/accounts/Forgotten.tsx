import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useServer } from '../../lib/session/use-server.ts'

/** The way back for who forgot the password, as far as the server has one. */
export function Forgotten() {
  const { t } = useTranslation('accounts')
  const server = useServer()
  if (!server) return null
  return (
    <p className="mt-2 text-small text-ink-2">
      {server.mail ? (
        <Link to="/forgot-password" className="text-accent-ink underline underline-offset-2">
          {t('forgot')}
        </Link>
      ) : (
        t('forgotWithoutMail')
      )}
    </p>
  )
}
