import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMedia } from '../../lib/shell/use-media.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** Where there is room beside the search: what is opened from it comes here. */
export function SearchScreen() {
  const { t } = useTranslation('search')
  const isWide = useMedia('(width >= 1180px)')
  if (!isWide) return null
  return (
    <main className="min-h-0 flex-1">
      <EmptyState isPage icon={Search} title={t('screenTitle')} text={t('screenText')} />
    </main>
  )
}
