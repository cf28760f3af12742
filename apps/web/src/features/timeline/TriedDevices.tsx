import type { Notice } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'
import { type DeviceStory, storiesOf } from '../../lib/notifications/notice.ts'
import { exactTime } from '../../lib/time/time.ts'

/** Each device that was to show a message, with every try to reach it. */
export function TriedDevices({ notice }: { notice: Notice }) {
  const { t } = useTranslation('whyTold')
  const stories = storiesOf(notice)
  if (stories.length === 0) return null
  return (
    <ul aria-label={t('devices')} className="grid gap-2">
      {stories.map((story) => (
        <Device key={story.subscriptionId} story={story} />
      ))}
    </ul>
  )
}

function Device({ story: { isHere, tries } }: { story: DeviceStory }) {
  const { t } = useTranslation('whyTold')
  return (
    <li>
      <h3 className="text-label text-ink-3">{t(isHere ? 'thisDevice' : 'otherDevice')}</h3>
      {tries.map((one) => (
        <Try key={`${one.kind} ${one.at}`} one={one} />
      ))}
    </li>
  )
}

function Try({ one }: { one: Notice['deliveries'][number] }) {
  const { t, i18n } = useTranslation('noticeTries')
  const text = one.kind === 'close' && one.outcome === 'sent' ? t('closed') : t(one.outcome)
  return (
    <p>
      {text}
      {one.outcome !== 'sent' && one.status !== null && ` (${one.status})`}{' '}
      <time dateTime={one.at} className="text-meta text-ink-3">
        {exactTime(one.at, i18n.language)}
      </time>
    </p>
  )
}
