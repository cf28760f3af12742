import { RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsOffline } from '../../lib/chat/offline.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { askAgain, useAnswer } from './answer.ts'
import type { Group } from './groups.ts'
import { Nothing } from './Nothing.tsx'
import { isAboutQuery } from './problem.ts'
import { Results } from './Results.tsx'
import type { Hits } from './use-hits.ts'

interface ContentProps {
  groups: Group[]
  hits: Hits
  text: string
  onChoose: (query: string) => void
  /** Back to the field. */
  onLeave: () => void
}

/** What has become of the question. */
export function Content({ groups, hits, text, onChoose, onLeave }: ContentProps) {
  const { status, error, found } = useAnswer()
  if (status === 'failed') return isAboutQuery(error) ? null : <Failed error={error} />
  if (status === 'asking' && (!found || groups.length === 0)) return <Placeholders />
  if (!found) return null
  if (groups.length === 0 && found.next === null) return <Nothing {...{ text, onChoose }} />
  return <Results {...{ groups, hits, found, onLeave }} />
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation(['search', 'app'])
  const isOffline = useIsOffline()
  useEffect(() => (isOffline ? askAgain : undefined), [isOffline])
  return (
    <div role="alert" className="min-h-0 flex-1">
      <EmptyState
        icon={RotateCw}
        title={t('failedTitle')}
        text={isOffline ? t('offline') : problemText(error)}
      >
        <Button onClick={askAgain}>{t('retry', { ns: 'app' })}</Button>
      </EmptyState>
    </div>
  )
}

const ROWS = ['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3', 'w-4/5']

function Placeholders() {
  return (
    <div aria-hidden className="flex-1 overflow-hidden px-4 pt-4">
      {ROWS.map((width, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <div key={row} className="flex gap-2.5 pb-5">
          <Skeleton className="size-7 rounded-full" />
          <span className="grid flex-1 content-start gap-2 pt-1">
            <Skeleton className="h-3 w-24" />
            <Skeleton className={`h-2.5 ${width}`} />
          </span>
        </div>
      ))}
    </div>
  )
}
