import { FILTER_KINDS, type FilterKind } from '@chatapp/protocol'
import { useTranslation } from 'react-i18next'

/** A click writes one into the query, and its choices open. */
export function Conditions({ onAdd }: { onAdd: (operator: FilterKind) => void }) {
  const { t } = useTranslation('search')
  return (
    <ul aria-label={t('conditions')} className="flex shrink-0 flex-wrap gap-1.5 px-4 pt-2.5 pb-1">
      {FILTER_KINDS.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            aria-label={t('addCondition', { operator: `${kind}:` })}
            data-tooltip={t(kind)}
            onClick={() => onAdd(kind)}
            className="h-6 rounded-full border border-line px-2 text-meta text-ink-2 transition-colors hover:border-line-strong hover:text-ink pointer-coarse:h-8 pointer-coarse:px-3"
          >
            {kind}:
          </button>
        </li>
      ))}
    </ul>
  )
}
