import type { NotificationPreferences } from '@chatapp/protocol'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { setBadge, useBadge } from '../../lib/notifications/badge.ts'
import {
  loadAccountSettings,
  type Permission,
  setPreview,
  setSound,
  turnNotificationsOff,
  turnNotificationsOn,
  useNotificationSettings,
} from '../../lib/notifications/settings.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { DigestMail } from './DigestMail.tsx'
import { Keywords } from './Keywords.tsx'
import { PushHere } from './PushHere.tsx'
import { QuietHours } from './QuietHours.tsx'
import { Section } from './Section.tsx'

const PAYLOADS = ['full', 'sender', 'none'] as const

export function Notifications() {
  const { t } = useTranslation('settings')
  const { permission, isOn, hasSound } = useNotificationSettings()
  const hasBadge = useBadge((state) => state.hasBadge)
  const isAllowed = permission === 'granted'
  const toggle = (wanted: boolean) => {
    const turned = wanted ? turnNotificationsOn() : turnNotificationsOff()
    turned.catch((error: unknown) => showNotice(problemText(error)))
  }
  return (
    <Section id="notifications" title={t('notifications')} text={t('notificationsText')}>
      <div className="grid gap-2">
        <Switch
          label={t('notificationsOn')}
          isOn={isOn && isAllowed}
          isDisabled={permission === 'denied' || permission === 'unsupported'}
          onChange={toggle}
        />
        <Obstacle permission={permission} />
        {isOn && isAllowed && <PushHere />}
        <Switch label={t('sound')} isOn={hasSound} onChange={setSound} />
        <Switch label={t('badge')} isOn={hasBadge} onChange={setBadge} />
        <Preview />
        <QuietHours />
        <DigestMail />
        <Keywords />
      </div>
    </Section>
  )
}

function Obstacle({ permission }: { permission: Permission }) {
  const { t } = useTranslation('settings')
  if (permission === 'granted') return null
  const text = {
    default: 'notificationsAsk',
    denied: 'notificationsDenied',
    unsupported: 'notificationsUnsupported',
  } as const
  return <p className="text-small text-ink-2">{t(text[permission])}</p>
}

function Preview() {
  const { t } = useTranslation('settings')
  const payload = useNotificationSettings((state) => state.account?.payload)
  const most = useNotificationSettings((state) => state.account?.payloadMax)
  useEffect(() => {
    // Without the server there is nothing to choose; the row comes when it answers.
    loadAccountSettings().catch(() => {})
  }, [])
  if (!payload) return null
  const labels = { full: t('previewFull'), sender: t('previewSender'), none: t('previewNone') }
  return (
    <div>
      <Choice<NotificationPreferences['payload']>
        label={t('preview')}
        value={payload}
        options={PAYLOADS.map((value) => ({ value, label: labels[value] }))}
        onChange={(chosen) =>
          void setPreview(chosen).catch((error: unknown) => showNotice(problemText(error)))
        }
      />
      {most && most !== 'full' && (
        <p className="text-small text-ink-2">{t('previewMost', { most: labels[most] })}</p>
      )}
    </div>
  )
}
