import { useTranslation } from 'react-i18next'
import type { SearchSort } from '../../lib/shell/use-search-pane.ts'
import { classNames } from '../../ui/class-names.ts'
import { useAnswer } from './answer.ts'

interface SummaryProps {
  sort: SearchSort
  onSort: (sort: SearchSort) => void
}

const SORTS = ['best', 'newest'] as const

/** How much there is, and in which order. */
export function Summary({ sort, onSort }: SummaryProps) {
  const { t } = useTranslation('search')
  const isDegraded = useAnswer(({ found }) => found?.isDegraded ?? false)
  return (
    <div className="shrink-0 border-b border-line px-4 pb-2">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <p role="status" className="text-meta text-ink-3">
          <Count />
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in */}
        <div role="group" aria-label={t('sort')} className="flex">
          {SORTS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === sort}
              onClick={() => onSort(one)}
              className={classNames(
                'h-6 rounded-control px-2 text-meta',
                one === sort
                  ? 'bg-active font-medium text-ink'
                  : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              {t(one)}
            </button>
          ))}
        </div>
      </div>
      {isDegraded && (
        <p className="mt-1 rounded-control bg-warn-soft px-2 py-1 text-meta text-warn-ink">
          {t('degraded')}
        </p>
      )}
    </div>
  )
}

function Count() {
  const { t } = useTranslation('search')
  const { status, found } = useAnswer()
  if (status === 'asking') return t('searching')
  if (!found) return null
  const count = found.pages.reduce((sum, page) => sum + page.length, 0)
  if (count === 0) return t('nothing')
  return t(found.next ? 'foundMore' : 'found', { count })
}
