import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { type Found, findMore } from './answer.ts'
import type { Group } from './groups.ts'
import { ResultGroup } from './ResultGroup.tsx'
import type { Hits } from './use-hits.ts'

interface ResultsProps {
  groups: Group[]
  hits: Hits
  found: Found
  onLeave: () => void
}

/** One stop of the Tab key; arrows go from hit to hit. */
export function Results({ groups, hits, found, onLeave }: ResultsProps) {
  const { t } = useTranslation(['search', 'app'])
  const { list, openedId } = hits
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const ids = groups.flatMap((group) => group.hits.map(({ message }) => message.id))
  const stop = [focusedId, openedId].find((id) => id && ids.includes(id)) ?? ids[0]
  const end = useRef<HTMLDivElement>(null)
  useMoreNear(end, list, found)
  useKeptScroll(list)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-hit]')]
    const at = links.findIndex((link) => link.matches(':focus'))
    if (event.altKey || event.ctrlKey || event.metaKey || at < 0) return
    if (event.key === 'Escape' || (event.key === 'ArrowUp' && at === 0)) onLeave()
    else if (event.key === 'ArrowDown') links[at + 1]?.focus()
    else if (event.key === 'ArrowUp') links[at - 1]?.focus()
    else if (event.key === 'Home') links[0]?.focus()
    else if (event.key === 'End') links.at(-1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has a name, and no heading of its own
    <div
      ref={list}
      role="region"
      aria-label={t('results')}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 scroll-py-10 overflow-y-auto px-2 pb-6"
    >
      {groups.map((group) => (
        <ResultGroup key={group.key} {...{ group, openedId, stop }} onFocus={setFocusedId} />
      ))}
      <div ref={end} />
      {found.more === 'failed' && (
        <div className="grid justify-items-center gap-2 p-4 text-small text-ink-2">
          {t('moreFailed')}
          <Button size="small" onClick={() => void findMore()}>
            {t('retry', { ns: 'app' })}
          </Button>
        </div>
      )}
    </div>
  )
}

const NEAR = '800px'

/** The next page comes before one has got to the end. */
function useMoreNear(
  end: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  { pages, more }: Found,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew after every page: it may have been short
  useEffect(() => {
    if (!end.current || more !== 'idle') return
    const watching = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void findMore(),
      { root: list.current, rootMargin: NEAR },
    )
    watching.observe(end.current)
    return () => watching.disconnect()
  }, [end, list, pages, more])
}

let kept = { query: '', top: 0 }

/** Back from a message one is where one was. */
function useKeptScroll(list: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = list.current
    if (!element) return
    const { search } = location
    if (kept.query === search) element.scrollTop = kept.top
    const keep = () => {
      kept = { query: search, top: element.scrollTop }
    }
    element.addEventListener('scroll', keep, { passive: true })
    return () => element.removeEventListener('scroll', keep)
  }, [list])
}
