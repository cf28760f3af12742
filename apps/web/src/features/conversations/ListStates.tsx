import { MessagesSquare, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openOverlay } from '../../lib/shell/shell.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

export function EmptyList() {
  const { t } = useTranslation('conversations')
  return (
    <div className="flex-1">
      <EmptyState icon={MessagesSquare} title={t('emptyTitle')} text={t('emptyText')}>
        <Button look="primary" onClick={() => openOverlay('new-conversation')}>
          {t('emptyAction')}
        </Button>
      </EmptyState>
    </div>
  )
}

export function NothingNamed({ query }: { query: string }) {
  const { t } = useTranslation('conversations')
  return (
    <div className="grid flex-1 content-start gap-2 px-4 py-3">
      <p role="status" className="text-small [overflow-wrap:anywhere] text-ink-2">
        {t('nothingNamed', { query: query.trim() })}
      </p>
      <SearchMessages query={query} />
    </div>
  )
}

export function SearchMessages({ query }: { query: string }) {
  const { t } = useTranslation('conversations')
  const { open } = useSearchPane()
  return (
    <button
      type="button"
      onClick={() => open({ query: query.trim() })}
      className="flex min-h-9 items-center gap-2 rounded-control text-left text-small [overflow-wrap:anywhere] text-accent-ink hover:underline"
    >
      <Search size={16} aria-hidden className="shrink-0" />
      {t('searchMessages', { query: query.trim() })}
    </button>
  )
}

const ROWS = ['w-28', 'w-40', 'w-24', 'w-36', 'w-32', 'w-28']

/** As high as what comes. */
export function Placeholders() {
  const { t } = useTranslation('app')
  return (
    <div role="status" aria-label={t('loading')} className="flex-1 px-4">
      {ROWS.map((width, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <div key={row} className="flex h-(--row) items-center gap-3">
          <Skeleton className="size-10 rounded-full" />
          <span className="grid flex-1 gap-2">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-2.5 w-44" />
          </span>
        </div>
      ))}
    </div>
  )
}
