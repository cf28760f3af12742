import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import type { Option } from './options.ts'
import type { Token } from './token.ts'

interface SuggestionsProps {
  id: string
  kind: Token['kind']
  options: Option[]
  active: number
  onHover: (index: number) => void
  onPick: (option: Option) => void
}

/** The list above the textbox. The focus stays in the text; arrows choose, Enter and Tab take. */
export function Suggestions({ id, kind, options, active, onHover, onPick }: SuggestionsProps) {
  const { t } = useTranslation('composer')
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t(kind === 'mention' ? 'people' : 'emojiNames')}
      className="absolute inset-x-0 bottom-full z-20 mb-1.5 max-h-80 max-w-md overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the textbox, where the focus is, has the keys
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => index !== active && onHover(index)}
          // The focus must not leave the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 text-row aria-selected:bg-accent-soft"
        >
          <Picture option={option} />
          <span className="shrink-0">{option.label}</span>
          <span className="min-w-0 truncate text-small text-ink-2">{option.hint}</span>
        </div>
      ))}
    </div>
  )
}

function Picture({ option: { emoji, person, label } }: { option: Option }) {
  if (person) return <Avatar id={person.id} name={label} url={person.url} size="small" />
  return (
    <span aria-hidden className="grid size-7 place-items-center text-[18px]">
      {emoji ?? '@'}
    </span>
  )
}
