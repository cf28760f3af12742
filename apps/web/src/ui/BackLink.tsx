import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** From a page to the list, where there is room for one of them only. */
export function BackLink() {
  const { t } = useTranslation('app')
  return (
    <Link
      to="/"
      aria-label={t('back')}
      className="hidden size-9 place-items-center rounded-control text-ink-2 hover:bg-active narrow:grid"
    >
      <ChevronLeft size={20} aria-hidden />
    </Link>
  )
}
