import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { classNames } from '../../ui/class-names.ts'
import type { Item, Section } from './item.ts'

interface ResultsProps {
  id: string
  sections: Section[]
  active: number
  note: string | null
  onHover: (index: number) => void
  onRun: (item: Item) => void
}

export function Results({ id, sections, active, note, onHover, onRun }: ResultsProps) {
  const { t } = useTranslation('palette')
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  const starts = startsOf(sections)
  return (
    <div className="overflow-y-auto p-1.5">
      <div id={id} role="listbox" aria-label={t('results')} tabIndex={-1}>
        {sections.map(({ name, items }, section) => (
          // biome-ignore lint/a11y/useSemanticElements: options are grouped like this
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <div
              id={`${id}-${name}`}
              className="px-3 pt-2.5 pb-1 text-label tracking-wide text-ink-3 uppercase"
            >
              {t(name)}
            </div>
            {items.map((item, n) => {
              const index = (starts[section] ?? 0) + n
              return (
                <Option
                  key={item.id}
                  {...{ item, onRun }}
                  id={`${id}-${index}`}
                  isActive={index === active}
                  onHover={() => index !== active && onHover(index)}
                />
              )
            })}
          </div>
        ))}
      </div>
      <p
        role="status"
        className={note ? 'px-3 py-4 text-row [overflow-wrap:anywhere] text-ink-2' : ''}
      >
        {note}
      </p>
    </div>
  )
}

interface OptionProps {
  item: Item
  id: string
  isActive: boolean
  onHover: () => void
  onRun: (item: Item) => void
}

function Option({ item, id, isActive, onHover, onRun }: OptionProps) {
  const { label, hint, pieces } = item
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field, where the focus is, has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onPointerMove={onHover}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onRun(item)}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-card px-3 py-0.5 aria-selected:bg-accent-soft"
    >
      <Picture item={item} />
      <span
        className={classNames(
          'flex min-w-0 flex-1 items-center justify-between gap-x-3',
          // A text and where it stands need a line each where there is little room.
          pieces && 'narrow:flex-col narrow:items-start',
        )}
      >
        <span className="max-w-full min-w-0 truncate text-row">
          {pieces
            ? pieces.map(({ text, isHit }, n) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, they never move
                isHit ? <Hit key={n} text={text} /> : <span key={n}>{text}</span>,
              )
            : label}
        </span>
        <span
          className={classNames(
            'max-w-[40%] shrink-0 truncate text-small text-ink-2',
            pieces && 'narrow:max-w-full',
          )}
        >
          {hint}
        </span>
      </span>
    </div>
  )
}

function Hit({ text }: { text: string }) {
  return <mark className="rounded-xs bg-mark text-inherit">{text}</mark>
}

function Picture({ item: { icon: Icon, avatar, label } }: { item: Item }) {
  if (avatar) return <Avatar {...avatar} name={label} size="small" />
  if (!Icon) return null
  return (
    <span className="grid size-7 place-items-center text-ink-2">
      <Icon size={18} strokeWidth={1.75} aria-hidden />
    </span>
  )
}

/** The number of the first item of each section. */
function startsOf(sections: Section[]): number[] {
  let count = 0
  return sections.map(({ items }) => {
    count += items.length
    return count - items.length
  })
}
