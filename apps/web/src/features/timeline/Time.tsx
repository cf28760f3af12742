import { useTranslation } from 'react-i18next'
import { clockTime, exactTime, shortTime } from '../../lib/time/time.ts'

interface TimeProps {
  at: string
  isShort?: boolean
}

export function Time({ at, isShort }: TimeProps) {
  const { i18n } = useTranslation()
  const say = isShort ? shortTime : clockTime
  return (
    <time dateTime={at} title={exactTime(at, i18n.language)} className="text-meta text-ink-3">
      {say(at, i18n.language)}
    </time>
  )
}
