import { FILTER_KINDS, type FilterKind } from '@chatapp/protocol'
import { History, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { removeSearch, useSearches } from '../../lib/shell/searches.ts'
import { IconButton } from '../../ui/IconButton.tsx'

interface StartProps {
  onChoose: (query: string) => void
  onCondition: (operator: FilterKind) => void
}

/** Before anything is written: what was searched for lately, and what one can write. */
export function Start({ onChoose, onCondition }: StartProps) {
  const { t } = useTranslation('search')
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 pt-3 pb-6">
      <Recent onChoose={onChoose} />
      <h2 className="px-2 pt-2 pb-1 text-label text-ink-3">{t('conditions')}</h2>
      <ul>
        {FILTER_KINDS.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              onClick={() => onCondition(kind)}
              className="flex min-h-9 w-full items-center gap-3 rounded-control px-2 text-left hover:bg-hover"
            >
              <span className="w-16 shrink-0">
                <span className="rounded-[4px] bg-accent-soft px-1.5 py-0.5 text-small text-accent-ink">
                  {kind}:
                </span>
              </span>
              <span className="text-small text-ink-2">{t(kind)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="px-2 pt-3 text-small text-ink-3">{t('more')}</p>
    </div>
  )
}

function Recent({ onChoose }: Pick<StartProps, 'onChoose'>) {
  const { t } = useTranslation('search')
  const recent = useSearches((state) => state.recent)
  if (recent.length === 0) return null
  return (
    <>
      <h2 className="px-2 pb-1 text-label text-ink-3">{t('recent')}</h2>
      <ul aria-label={t('recent')} className="pb-2">
        {recent.map((query) => (
          <li key={query} className="flex items-center rounded-control hover:bg-hover">
            <button
              type="button"
              onClick={() => onChoose(query)}
              className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-control px-2 text-left text-row"
            >
              <History size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3" />
              <span className="truncate">{query}</span>
            </button>
            <IconButton
              icon={X}
              label={t('removeRecent', { query })}
              className="mr-1 size-7"
              onClick={() => removeSearch(query)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
