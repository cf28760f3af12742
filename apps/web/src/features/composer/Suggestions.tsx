import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Choices } from '../../ui/Choices.tsx'
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

/** People to mention, or emoji. */
export function Suggestions({ kind, ...props }: SuggestionsProps) {
  const { t } = useTranslation('composer')
  return (
    <Choices
      {...props}
      label={t(kind === 'mention' ? 'people' : 'emojiNames')}
      side="above"
      keyOf={({ id }) => id}
    >
      {(option) => (
        <>
          <Picture option={option} />
          <span className="shrink-0">{option.label}</span>
          <span className="min-w-0 truncate text-small text-ink-2">{option.hint}</span>
        </>
      )}
    </Choices>
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
