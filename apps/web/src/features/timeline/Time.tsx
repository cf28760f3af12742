import { useTranslation } from 'react-i18next'
import { clockTime, exactTime } from '../../lib/time/time.ts'

export function Time({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return (
    <time dateTime={at} title={exactTime(at, i18n.language)} className="text-meta text-ink-3">
      {clockTime(at, i18n.language)}
    </time>
  )
}
