import type { NotificationPreferences } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { setQuietHours, useNotificationSettings } from '../../lib/notifications/settings.ts'
import { showNotice } from '../../lib/shell/shell.ts'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'

type Hours = NonNullable<NotificationPreferences['doNotDisturb']>

const NIGHT = { from: '22:00', to: '07:00' }

/** When nothing is notified, on any device. The hours are those of the place where they were chosen. */
export function QuietHours() {
  const { t } = useTranslation('settings')
  const account = useNotificationSettings((state) => state.account)
  if (!account) return null
  const hours = account.doNotDisturb
  const save = (chosen: Hours | null) =>
    void setQuietHours(chosen).catch((error: unknown) => showNotice(problemText(error)))
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  // A field that is only left must not overtake what the switch has just said.
  const change = (field: 'from' | 'to', time: string) => {
    if (hours && time !== '' && time !== hours[field]) save({ ...hours, [field]: time, timeZone })
  }
  return (
    <div>
      <Switch
        label={t('quiet')}
        isOn={hours !== null}
        onChange={(isOn) => save(isOn ? { ...NIGHT, timeZone } : null)}
      />
      {hours && (
        <div className="mt-1 grid grid-cols-2 gap-3">
          <TextField
            type="time"
            label={t('quietFrom')}
            defaultValue={hours.from}
            onBlur={({ currentTarget: { value } }) => change('from', value)}
          />
          <TextField
            type="time"
            label={t('quietTo')}
            defaultValue={hours.to}
            onBlur={({ currentTarget: { value } }) => change('to', value)}
          />
          <p className="col-span-2 text-small text-ink-2">
            {t('quietZone', { zone: hours.timeZone.replaceAll('_', ' ') })}
          </p>
        </div>
      )}
    </div>
  )
}
