import { ChevronLeft, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { rememberSearch } from '../../lib/shell/searches.ts'
import { useMedia } from '../../lib/shell/use-media.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useAnswer } from './answer.ts'
import { Conditions } from './Conditions.tsx'
import { Content } from './Content.tsx'
import { groupsOf } from './groups.ts'
import { SearchField } from './SearchField.tsx'
import { Start } from './Start.tsx'
import { Summary } from './Summary.tsx'
import { useHits } from './use-hits.ts'
import { useQuery } from './use-query.ts'

/** Beside the conversation where there is room, else a screen of its own. */
export function SearchPane() {
  const { t } = useTranslation('search')
  const { isScreen, close } = useSearchPane()
  const isWide = useMedia('(width >= 1180px)')
  const Frame = isScreen && !isWide ? 'main' : 'aside'
  const Heading = isScreen && !isWide ? 'h1' : 'h2'
  const field = useRef<HTMLTextAreaElement>(null)
  const query = useQuery()
  const found = useAnswer((state) => state.found)
  const groups = useMemo(() => groupsOf(found?.pages ?? []), [found?.pages])
  const hits = useHits(groups)
  useFunctionKey(hits.step)
  useFocusBack()

  function onFieldKey(event: KeyboardEvent) {
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') hits.focusFirst()
    else if (event.key === 'Enter') {
      query.stop()
      rememberSearch(query.text)
      // What is in sight belongs to what is written.
      if (found?.query === query.text) hits.step(event.shiftKey ? -1 : 1)
    } else return
    event.preventDefault()
  }
  function addCondition(operator: string) {
    const { text } = query
    const space = text === '' || text.endsWith(' ') ? '' : ' '
    query.write(`${text}${space}${operator}:`)
    field.current?.focus()
  }
  return (
    <Frame
      aria-label={isScreen && !isWide ? undefined : t('title')}
      className="flex min-w-0 shrink-0 flex-col bg-canvas not-wide:flex-1 wide:w-[376px] wide:border-l wide:border-line"
    >
      <search className="flex min-h-0 flex-1 flex-col" aria-label={t('field')}>
        <div className="flex h-[60px] shrink-0 items-center gap-1 pr-3 pl-4 not-wide:pl-2">
          <IconButton
            icon={ChevronLeft}
            label={t('back', { ns: 'app' })}
            className="size-9 wide:hidden"
            onClick={close}
          />
          <Heading className="flex-1 text-title">{t('title')}</Heading>
          <IconButton icon={X} label={t('close')} className="not-wide:hidden" onClick={close} />
        </div>
        <SearchField
          {...{ field, text: query.text, problems: query.problems }}
          onWrite={query.write}
          onKeyDown={onFieldKey}
        />
        {query.text === '' ? (
          <Start onChoose={query.choose} onCondition={addCondition} />
        ) : (
          <>
            <Conditions onAdd={addCondition} />
            {/* What an earlier query found is no answer to one that can't be asked. */}
            {query.problems.length === 0 && (
              <>
                <Summary sort={query.sort} onSort={query.setSort} />
                <Content
                  {...{ groups, hits }}
                  text={query.text}
                  onChoose={query.choose}
                  onLeave={() => field.current?.focus()}
                />
              </>
            )}
          </>
        )}
      </search>
    </Frame>
  )
}

/** F3 goes on to the next hit, wherever the keyboard is. */
function useFunctionKey(step: (by: 1 | -1) => void) {
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent) {
      if (event.key !== 'F3') return
      event.preventDefault()
      latest.current(event.shiftKey ? -1 : 1)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

/** When it closes, the keyboard goes on where it was before. */
function useFocusBack() {
  const before = useRef(document.activeElement)
  useEffect(() => {
    const { current } = before
    return () => {
      queueMicrotask(() => {
        const isLost = document.activeElement === document.body
        if (isLost && current instanceof HTMLElement && current.isConnected) current.focus()
      })
    }
  }, [])
}
