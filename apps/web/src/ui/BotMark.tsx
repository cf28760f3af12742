import { useTranslation } from 'react-i18next'

/** Beside a name: who wrote this is a program. */
export function BotMark() {
  const { t } = useTranslation('app')
  return (
    <span className="inline-block rounded-[4px] bg-active px-1 align-[1px] text-label text-ink-2">
      {t('bot')}
    </span>
  )
}
