import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeOverlay, useShell } from '../../lib/shell/shell.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Item } from './item.ts'
import { Results } from './Results.tsx'
import { useSections } from './use-sections.ts'

/** One field for everything: where to go, whom to talk to, what was said, what to do. */
export function Palette() {
  const { t } = useTranslation('palette')
  const id = useId()
  const [query, setQuery] = useState(useShell.getState().query)
  const [active, setActive] = useState(0)
  const { sections, isBusy, isDegraded } = useSections(query)
  const items = sections.flatMap((section) => section.items)
  const index = Math.min(active, items.length - 1)

  function run(item: Item) {
    // First closed: what runs may open another one.
    closeOverlay()
    item.run()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const item = items[index]
    const step = STEPS[event.key]
    if (step !== undefined) setActive((index + step + items.length) % Math.max(1, items.length))
    else if (event.key === 'Enter' && item) run(item)
    else return
    event.preventDefault()
  }
  return (
    <Dialog
      isOpen
      onClose={closeOverlay}
      title={t('title')}
      isBare
      className="w-[min(620px,calc(100vw-24px))]"
    >
      <div className="flex h-14 shrink-0 items-center gap-2.5 border-b border-line px-4.5">
        <Search size={18} aria-hidden className="shrink-0 text-ink-2" />
        <input
          role="combobox"
          aria-label={t('title')}
          aria-expanded={items.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={items.length > 0 ? `${id}-${index}` : undefined}
          placeholder={t('placeholder')}
          maxLength={500}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent text-[16px] outline-none placeholder:text-ink-3"
        />
      </div>
      <Results
        {...{ id, sections, active: index, onHover: setActive, onRun: run }}
        note={noteOf({ t, query: query.trim(), count: items.length, isBusy, isDegraded })}
      />
    </Dialog>
  )
}

const STEPS: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

interface Standing {
  t: ReturnType<typeof useTranslation<'palette'>>['t']
  query: string
  count: number
  isBusy: boolean
  isDegraded: boolean
}

/** What a list without an entry, or with too few, has to say for itself. */
function noteOf({ t, query, count, isBusy, isDegraded }: Standing): string | null {
  if (count === 0) return isBusy ? t('searching') : t('nothing', { query })
  return isDegraded ? t('degraded') : null
}
