import { useTranslation } from 'react-i18next'
import { clockTime, listTime } from '../../../lib/time/time.ts'

/** 14:32 today, and before that the day with it: what went wrong is compared with logs. */
export function useTimeText(): (iso: string) => string {
  const { i18n } = useTranslation()
  const { language } = i18n
  return (iso) => {
    const clock = clockTime(iso, language)
    const day = listTime(iso, language, new Date())
    return day === clock ? clock : `${day}, ${clock}`
  }
}
