import type { ActivityItem } from '@chatapp/protocol'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ItemRow } from './ItemRow.tsx'
import { loadMore, useList } from './list.ts'

/** One stop of the Tab key; arrows go from item to item. */
export function Items({ items }: { items: ActivityItem[] }) {
  const { t } = useTranslation(['activity', 'app'])
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const more = useList((state) => state.more)
  const stop = items.some(({ message }) => message.id === focusedId)
    ? focusedId
    : items[0]?.message.id
  useMoreNear(end, list, items)
  useKeptScroll(list)
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has a name, and no heading of its own
    <div
      ref={list}
      role="region"
      aria-label={t('title')}
      onKeyDown={goByArrows}
      className="min-h-0 flex-1 overflow-y-auto"
    >
      <ul className="mx-auto max-w-[760px] px-4 py-3 narrow:px-2">
        {items.map((item) => (
          <ItemRow
            key={item.message.id}
            item={item}
            isStop={item.message.id === stop}
            onFocus={setFocusedId}
          />
        ))}
      </ul>
      <div ref={end} />
      {more === 'failed' && (
        <div className="grid justify-items-center gap-2 p-4 text-small text-ink-2">
          {t('moreFailed')}
          <Button size="small" onClick={() => void loadMore()}>
            {t('retry', { ns: 'app' })}
          </Button>
        </div>
      )}
    </div>
  )
}

function goByArrows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-item]')]
  const at = links.findIndex((link) => link.matches(':focus'))
  if (event.key === 'ArrowDown') links[at + 1]?.focus()
  else if (event.key === 'ArrowUp') links[Math.max(0, at - 1)]?.focus()
  else if (event.key === 'Home') links[0]?.focus()
  else if (event.key === 'End') links.at(-1)?.focus()
  else return
  event.preventDefault()
}

const NEAR = '600px'

/** The next page comes before one has got to the end. */
function useMoreNear(
  end: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  items: ActivityItem[],
) {
  const more = useList((state) => state.more)
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew after every page: it may have been short
  useEffect(() => {
    if (!end.current || more !== 'idle') return
    const watching = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void loadMore(),
      { root: list.current, rootMargin: NEAR },
    )
    watching.observe(end.current)
    return () => watching.disconnect()
  }, [end, list, items, more])
}

let keptTop = 0

/** Back from a message one is where one was. */
function useKeptScroll(list: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = list.current
    if (!element) return
    element.scrollTop = keptTop
    const keep = () => {
      keptTop = element.scrollTop
    }
    element.addEventListener('scroll', keep, { passive: true })
    return () => element.removeEventListener('scroll', keep)
  }, [list])
}
