import type { Device } from '@chatapp/protocol'
import { MonitorSmartphone } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '../../lib/session/session.ts'
import { exactTime, listTime } from '../../lib/time/time.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { deviceName } from './device-name.ts'
import { Section } from './Section.tsx'
import { useDevices } from './use-devices.ts'

export function Devices() {
  const { t } = useTranslation('settings')
  const { devices, hasFailed, load, end, endOthers } = useDevices()
  const list = useRef<HTMLUListElement>(null)
  // The button goes with what it ends.
  const goOn = () => list.current?.focus()
  return (
    <Section id="devices" title={t('devices')} text={t('devicesText')}>
      {hasFailed && (
        <p className="flex items-center gap-3 text-small text-ink-2">
          {t('devicesFailed')}
          <Button size="small" onClick={load}>
            {t('retry', { ns: 'app' })}
          </Button>
        </p>
      )}
      {!devices && !hasFailed && <Skeleton className="h-14" />}
      <ul ref={list} tabIndex={-1} aria-label={t('devices')}>
        {devices?.map((device) => (
          <DeviceRow key={device.id} device={device} onEnd={() => void end(device).then(goOn)} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        {devices && devices.length > 1 && (
          <Button onClick={() => void endOthers().then(goOn)}>{t('signOutOthers')}</Button>
        )}
        <Button look="danger" onClick={() => void signOut()}>
          {t('signOut')}
        </Button>
      </div>
    </Section>
  )
}

function DeviceRow({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const { t, i18n } = useTranslation('settings')
  const name = useDeviceName(device)
  const time = listTime(device.usedAt, i18n.language, new Date())
  return (
    <li className="flex min-h-14 items-center gap-3">
      <MonitorSmartphone size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-row font-medium">{name}</span>
        <span className="block truncate text-meta text-ink-3">
          {device.current ? (
            <span className="text-accent-ink">{t('thisDevice')}</span>
          ) : (
            <time dateTime={device.usedAt} title={exactTime(device.usedAt, i18n.language)}>
              {t('lastUsed', { time })}
            </time>
          )}
          {device.ip && ` · ${device.ip}`}
        </span>
      </span>
      {!device.current && (
        <Button size="small" onClick={onEnd} aria-label={t('signOutDevice', { device: name })}>
          {t('signOut')}
        </Button>
      )}
    </li>
  )
}

function useDeviceName({ userAgent }: Device): string {
  const { t } = useTranslation('settings')
  const name = deviceName(userAgent)
  if (!name) return t('unknownDevice')
  return 'program' in name ? name.program : t('deviceOn', name)
}
