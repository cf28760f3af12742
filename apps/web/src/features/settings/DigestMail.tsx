import type { DigestPeriod, OwnUser, ServerInfo } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { useSelf } from '../../lib/chat/hooks.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { setDigest, useNotificationSettings } from '../../lib/notifications/settings.ts'
import { useServer } from '../../lib/session/use-server.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Choice } from '../../ui/Choice.tsx'

type Chosen = DigestPeriod | 'off'

/** A mail about what was missed, or why there is none. */
export function DigestMail() {
  const { t } = useTranslation('settings')
  const account = useNotificationSettings((state) => state.account)
  const self = useSelf()
  const server = useServer()
  if (!account || !self || !server) return null
  const obstacle = findObstacle(self, server)
  if (obstacle)
    return (
      <div className="py-2">
        <p className="text-row">{t('digest')}</p>
        <p className="text-small text-ink-2">{t(obstacle)}</p>
      </div>
    )
  const options: { value: Chosen; label: string }[] = [
    { value: 'off', label: t('digestOff') },
    { value: '15min', label: t('digest15min') },
    { value: 'hour', label: t('digestHour') },
    { value: 'day', label: t('digestDay') },
  ]
  return (
    <div>
      <Choice<Chosen>
        label={t('digest')}
        value={account.digest ? account.digestEvery : 'off'}
        options={options}
        onChange={(chosen) =>
          void setDigest(chosen).catch((error: unknown) => showNotice(problemText(error)))
        }
      />
      <p className="text-small text-ink-2">{t('digestHint')}</p>
    </div>
  )
}

function findObstacle({ email, emailVerified }: OwnUser, { mail, digest }: ServerInfo) {
  if (!mail) return 'digestWithoutMail'
  if (!digest) return 'digestNotOffered'
  if (email === null) return 'digestWithoutAddress'
  return emailVerified ? undefined : 'digestUnverified'
}
