import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'

interface BackLinkProps {
  to?: '/' | '/settings'
  /** Where it goes, said by the page. */
  label?: string
  /** `narrow`: where there is room for the list or the page only. */
  at?: 'narrow' | 'every-width'
}

/** From a page to the one it belongs to. */
export function BackLink({ to = '/', label, at = 'narrow' }: BackLinkProps) {
  const { t } = useTranslation('app')
  return (
    <Link
      to={to}
      aria-label={label ?? t('back')}
      className={classNames(
        'size-9 place-items-center rounded-control text-ink-2 hover:bg-active',
        at === 'narrow' ? 'hidden narrow:grid' : '-ml-2 grid narrow:ml-0',
      )}
    >
      <ChevronLeft size={20} aria-hidden />
    </Link>
  )
}
