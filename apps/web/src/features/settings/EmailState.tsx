import type { OwnUser } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import { useServer } from '../../lib/session/use-server.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Button } from '../../ui/Button.tsx'

/** Whether the address is known to be theirs, and what to do about it. */
export function EmailState({ self }: { self: OwnUser }) {
  const { t } = useTranslation('settings')
  const server = useServer()
  if (!server) return null
  if (!server.mail) return <Note text={t('emailWithoutMail')} />
  if (self.email === null) return null
  if (self.emailVerified) return <Note text={t('emailVerified')} />
  const send = () =>
    client.users.askEmailVerification().then(
      () => showNotice(t('emailSent')),
      (error: unknown) => showNotice(problemText(error)),
    )
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Note text={t('emailUnverified')} />
      <Button size="small" onClick={() => void send()}>
        {t('emailSendAgain')}
      </Button>
    </div>
  )
}

function Note({ text }: { text: string }) {
  return <p className="text-meta text-ink-2">{text}</p>
}
