import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import type { List } from './use-list.ts'

interface ListingProps<T> {
  label: string
  list: List<T>
  /** What it is for, and what to do. */
  empty: string
  children: (item: T) => ReactNode
}

export function Listing<T>({ label, list: { state, load }, empty, children }: ListingProps<T>) {
  const { t } = useTranslation('app')
  const place = usePlaceOfKeyboard(state.kind === 'here' ? state.items.length : 0)
  switch (state.kind) {
    case 'loading':
      return <Skeleton className="h-14" />
    case 'failed':
      return (
        <p role="alert" className="flex flex-wrap items-center gap-3 text-small text-ink-2">
          {state.problem}
          <Button size="small" onClick={load}>
            {t('retry')}
          </Button>
        </p>
      )
    case 'here':
      return (
        <div ref={place} tabIndex={-1}>
          {state.items.length === 0 ? (
            <p className="text-row text-ink-2">{empty}</p>
          ) : (
            <ul aria-label={label}>{state.items.map(children)}</ul>
          )}
        </div>
      )
  }
}

/** When the row with the focus has gone, the keyboard goes on where it was. */
function usePlaceOfKeyboard(count: number) {
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(count)
  useEffect(() => {
    const hasLost = count < before.current && document.activeElement === document.body
    if (hasLost) place.current?.focus({ preventScroll: true })
    before.current = count
  }, [count])
  return place
}
