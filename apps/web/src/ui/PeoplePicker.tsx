import type { User } from '@chatapp/protocol'
import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeopleNamed } from '../lib/people/use-people-named.ts'
import { PeopleOption } from './PeopleOption.tsx'
import { TextField } from './TextField.tsx'

interface PeoplePickerProps {
  chosen: User[]
  onChange: (chosen: User[]) => void
  /** Why somebody can't be chosen, to be shown beside the name; null for those who can. */
  refusal?: (user: User) => string | null
}

/** People by the beginning of a name: arrows go through them, Enter chooses, Backspace takes back. */
export function PeoplePicker({ chosen, onChange, refusal = () => null }: PeoplePickerProps) {
  const { t } = useTranslation('people')
  const id = useId()
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const found = usePeopleNamed(query)
  // Who can't be chosen is only of interest when asked for.
  const people = query === '' ? found?.filter((user) => !refusal(user)) : found
  const active = people?.[index]
  const isChosen = (user: User) => chosen.some((other) => other.id === user.id)
  function toggle(user: User) {
    if (refusal(user)) return
    onChange(isChosen(user) ? chosen.filter((other) => other.id !== user.id) : [...chosen, user])
    setQuery('')
    setIndex(0)
    field.current?.focus()
  }
  function onKeyDown(event: KeyboardEvent) {
    const last = (people?.length ?? 0) - 1
    if (event.key === 'ArrowDown') setIndex(Math.min(index + 1, last))
    else if (event.key === 'ArrowUp') setIndex(Math.max(index - 1, 0))
    else if (event.key === 'Enter' && active) toggle(active)
    else if (event.key === 'Backspace' && query === '') return onChange(chosen.slice(0, -1))
    else return
    event.preventDefault()
  }
  return (
    <>
      <Chosen people={chosen} onRemove={toggle} />
      <TextField
        ref={field}
        className="px-5"
        label={t('name')}
        data-first-focus
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={active && `${id}-${active.id}`}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setIndex(0)
        }}
        onKeyDown={onKeyDown}
      />
      {/* Half a row at its end says that there are more. */}
      <div className="h-64 overflow-y-auto px-3 pt-3">
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t('found')}
          aria-multiselectable
          tabIndex={-1}
        >
          {people?.map((user) => (
            <PeopleOption
              key={user.id}
              id={`${id}-${user.id}`}
              user={user}
              refusal={refusal(user)}
              isActive={user === active}
              isChosen={isChosen(user)}
              onToggle={() => toggle(user)}
            />
          ))}
        </div>
        <p role="status" className="px-2 text-small text-ink-3">
          {people?.length === 0 && t(query === '' ? 'nobodyYet' : 'nobody')}
        </p>
      </div>
    </>
  )
}

function Chosen({ people, onRemove }: { people: User[]; onRemove: (user: User) => void }) {
  const { t } = useTranslation('people')
  if (people.length === 0) return null
  return (
    <ul aria-label={t('chosen')} className="flex flex-wrap gap-1.5 px-5 pb-3">
      {people.map((user) => (
        <li key={user.id}>
          <button
            type="button"
            aria-label={t('takeBack', { name: user.displayName })}
            onClick={() => onRemove(user)}
            className="flex h-7 items-center gap-1 rounded-full bg-accent-soft pr-2 pl-3 text-small text-accent-ink"
          >
            {user.displayName} <X size={14} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
