import { Bell, RotateCw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsOffline } from '../../lib/chat/offline.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { Items } from './Items.tsx'
import { followList, load, setFilter, useList } from './list.ts'

/** What was for me in particular, in all conversations. */
export function ActivityScreen() {
  const { t } = useTranslation('activity')
  const filter = useList((state) => state.filter)
  useEffect(followList, [])
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-[60px] shrink-0 items-center gap-2 border-b border-line px-6 narrow:px-2">
        <BackLink />
        <h1 className="flex-1 truncate text-title">{t('title')}</h1>
        <div className="narrow:pr-2">
          <Switch
            label={t('onlyUnread')}
            isOn={filter === 'unread'}
            onChange={(isOn) => setFilter(isOn ? 'unread' : 'all')}
          />
        </div>
      </header>
      <Content />
    </main>
  )
}

function Content() {
  const { t } = useTranslation('activity')
  const { items, status, filter } = useList()
  if (items === null) return status === 'failed' ? <Failed /> : <Placeholders />
  if (items.length > 0) return <Items items={items} />
  return (
    <div role="status" className="min-h-0 flex-1">
      <EmptyState
        icon={Bell}
        title={t(filter === 'unread' ? 'allRead' : 'nothing')}
        text={t(filter === 'unread' ? 'allReadText' : 'nothingText')}
      />
    </div>
  )
}

function Failed() {
  const { t } = useTranslation(['activity', 'app'])
  const error = useList((state) => state.error)
  const isOffline = useIsOffline()
  return (
    <div role="alert" className="min-h-0 flex-1">
      <EmptyState
        icon={RotateCw}
        title={t('failed')}
        text={isOffline ? t('offline') : problemText(error)}
      >
        <Button onClick={() => void load()}>{t('retry', { ns: 'app' })}</Button>
      </EmptyState>
    </div>
  )
}

const ROWS = ['w-3/5', 'w-4/5', 'w-2/3', 'w-11/12', 'w-1/2', 'w-3/4']

function Placeholders() {
  const { t } = useTranslation('app')
  return (
    <div role="status" aria-label={t('loading')} className="min-h-0 flex-1 overflow-hidden">
      <div className="mx-auto max-w-[760px] px-6 pt-5 narrow:px-4">
        {ROWS.map((width, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never move
          <div key={row} className="flex gap-3 pb-7">
            <Skeleton className="size-10 rounded-full" />
            <span className="grid flex-1 content-start gap-2.5 pt-1">
              <Skeleton className="h-3 w-44" />
              <Skeleton className={`h-2.5 ${width}`} />
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
