import { cutSearch } from '@chatapp/protocol'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearches } from '../../lib/shell/searches.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Completion } from './Completion.tsx'
import type { Problem } from './problem.ts'
import { segmentsOf } from './segments.ts'
import { useCompletion } from './use-completion.ts'

interface SearchFieldProps {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  problems: Problem[]
  onWrite: (text: string) => void
  /** Keys that the list of choices has no use for. */
  onKeyDown: (event: KeyboardEvent) => void
}

const QUERY_MAX = 500
/** The text and what lies behind it break their lines at the same places. */
const TEXT =
  'col-start-1 row-start-1 min-w-0 py-2 text-row whitespace-pre-wrap [overflow-wrap:anywhere]'

/** The query is text, and stays it: conditions and mistakes are drawn behind it. */
export function SearchField({ field, text, problems, onWrite, onKeyDown }: SearchFieldProps) {
  const { t } = useTranslation('search')
  const { shown, look, pick, takeKey, setActive, close } = useCompletion(field)
  // While choices are offered, what is not there yet is not missing.
  const wrong = shown ? [] : problems
  useFocusWhenCalled(field)
  return (
    <div className="relative mx-4">
      <div className="flex items-start gap-2 rounded-card border border-line-strong bg-canvas pr-1 pl-2.5 focus-within:border-accent-ink focus-within:ring-3 focus-within:ring-accent/20">
        <Search size={16} aria-hidden className="mt-2.5 shrink-0 text-ink-3" />
        <div className="grid min-w-0 flex-1">
          <Backdrop text={text} problems={wrong} />
          <textarea
            ref={field}
            rows={1}
            aria-label={t('field')}
            aria-autocomplete="list"
            aria-controls={shown?.id}
            aria-activedescendant={shown ? `${shown.id}-${shown.active}` : undefined}
            aria-invalid={wrong.length > 0 || undefined}
            aria-describedby="search-problems"
            placeholder={t('placeholder')}
            maxLength={QUERY_MAX}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={({ currentTarget }) => {
              onWrite(currentTarget.value.replace(/\n/g, ' '))
              look(currentTarget)
            }}
            onSelect={(event) => look(event.currentTarget)}
            onBlur={close}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing || takeKey(event)) return
              onKeyDown(event)
              if (event.key === 'Enter') event.preventDefault()
            }}
            className={classNames(
              TEXT,
              'resize-none overflow-hidden bg-transparent outline-none placeholder:text-ink-3',
            )}
          />
        </div>
        {text !== '' && (
          <IconButton
            icon={X}
            label={t('clear')}
            className="mt-1 size-7"
            onClick={() => {
              onWrite('')
              field.current?.focus()
            }}
          />
        )}
      </div>
      {shown && <Completion {...shown} onHover={setActive} onPick={pick} />}
      <p
        id="search-problems"
        role="status"
        className={classNames('text-small text-danger', wrong.length > 0 && 'pt-1.5')}
      >
        {wrong.map(({ text: problem, place }) => (
          <span key={`${place.start} ${problem}`} className="block">
            {problem}
          </span>
        ))}
      </p>
    </div>
  )
}

/** Also makes the field as high as its text. */
function Backdrop({ text, problems }: { text: string; problems: Problem[] }) {
  const places = problems.map(({ place }) => place)
  return (
    <div aria-hidden className={classNames(TEXT, 'pointer-events-none text-transparent')}>
      {segmentsOf(text, cutSearch(text), places).map((one, n) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text, in their order
          key={n}
          className={classNames(
            one.isCondition &&
              'rounded-[3px] bg-accent-soft box-decoration-clone shadow-[0_0_0_2px_var(--accent-soft)]',
            one.isWrong &&
              'underline decoration-danger decoration-wavy decoration-1 underline-offset-4',
          )}
        >
          {one.text}
        </span>
      ))}
      {/* An empty line has a height, too. */}
      {'\u200b'}
    </div>
  )
}

/** On opening, and when somebody calls for it again: all of it is selected, ready to be replaced. */
function useFocusWhenCalled(field: RefObject<HTMLTextAreaElement | null>) {
  const called = useSearches((state) => state.called)
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every call
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.focus()
    // Behind a condition that was written beforehand one writes on.
    if (element.value.endsWith(' ')) element.setSelectionRange(FAR, FAR)
    else element.select()
  }, [called, field])
}

const FAR = 1e6
