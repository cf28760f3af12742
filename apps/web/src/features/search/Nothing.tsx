import { parseSearch } from '@chatapp/protocol'
import { SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { widerQueries } from './wider.ts'

interface NothingProps {
  text: string
  onChoose: (query: string) => void
}

/** Says what could find more, in the words of the query. */
export function Nothing({ text, onChoose }: NothingProps) {
  const { t } = useTranslation('search')
  const parsed = parseSearch(text)
  const wider = parsed.ok ? widerQueries(text, parsed.query) : []
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        icon={SearchX}
        title={t('nothing')}
        text={t(wider.length > 0 ? 'nothingTry' : 'nothingElse')}
      >
        {wider.length > 0 && (
          <ul className="flex flex-wrap justify-center gap-2">
            {wider.map((query) => (
              <li key={query} className="max-w-full">
                <button
                  type="button"
                  onClick={() => onChoose(query)}
                  className="min-h-8 max-w-full rounded-full border border-line-strong px-3 py-1 text-small [overflow-wrap:anywhere] hover:bg-hover"
                >
                  {query}
                </button>
              </li>
            ))}
          </ul>
        )}
      </EmptyState>
    </div>
  )
}
