import { useTranslation } from 'react-i18next'
import { dayOf } from '../../lib/time/time.ts'

export function DayDivider({ sentAt }: { sentAt: string }) {
  const { t, i18n } = useTranslation('time')
  const day = dayOf(sentAt, i18n.language, new Date())
  const text = day === 'today' || day === 'yesterday' ? t(day) : day
  return (
    <div className="flex items-center gap-3 pt-4 pb-2 text-label text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {text}
    </div>
  )
}

export function UnreadDivider() {
  const { t } = useTranslation('timeline')
  return (
    <div className="flex items-center gap-2.5 pt-3 pb-1 text-label text-accent-ink before:h-px before:flex-1 before:bg-accent">
      {t('new')}
    </div>
  )
}
