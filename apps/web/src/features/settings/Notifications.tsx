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
import { Keywords } from './Keywords.tsx'
import { Section } from './Section.tsx'

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
        <Switch label={t('sound')} isOn={hasSound} onChange={setSound} />
        <Switch label={t('badge')} isOn={hasBadge} onChange={setBadge} />
        <Preview />
        <Keywords />
      </div>
    </Section>
  )
}

function Obstacle({ permission }: { permission: Permission }) {
  const { t } = useTranslation('settings')
  if (permission !== 'denied' && permission !== 'unsupported') return null
  return (
    <p className="text-small text-ink-2">
      {t(permission === 'denied' ? 'notificationsDenied' : 'notificationsUnsupported')}
    </p>
  )
}

function Preview() {
  const { t } = useTranslation('settings')
  const payload = useNotificationSettings((state) => state.account?.payload)
  useEffect(() => {
    // Without the server there is nothing to choose; the row comes when it answers.
    loadAccountSettings().catch(() => {})
  }, [])
  if (!payload) return null
  return (
    <Choice<NotificationPreferences['payload']>
      label={t('preview')}
      value={payload}
      options={[
        { value: 'full', label: t('previewFull') },
        { value: 'sender', label: t('previewSender') },
        { value: 'none', label: t('previewNone') },
      ]}
      onChange={(chosen) =>
        void setPreview(chosen).catch((error: unknown) => showNotice(problemText(error)))
      }
    />
  )
}
