import { useTranslation } from 'react-i18next'
import { exactTime, listTime } from '../lib/time/time.ts'

/** As short as a list wants it; the whole of it when pointed at. */
export function ListTime({ at }: { at: string }) {
  const { i18n } = useTranslation()
  return (
    <time
      dateTime={at}
      title={exactTime(at, i18n.language)}
      className="shrink-0 text-meta text-ink-3"
    >
      {listTime(at, i18n.language, new Date())}
    </time>
  )
}
