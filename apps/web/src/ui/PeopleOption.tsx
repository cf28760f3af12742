import type { User } from '@chatapp/protocol'
import { Check } from 'lucide-react'
import { Avatar } from './Avatar.tsx'
import { classNames } from './class-names.ts'

interface PeopleOptionProps {
  id: string
  user: User
  refusal: string | null
  isActive: boolean
  isChosen: boolean
  onToggle: () => void
}

export function PeopleOption(props: PeopleOptionProps) {
  const { id, user, refusal, isActive, isChosen, onToggle } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, which names the active option
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
    <div
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={refusal !== null}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onToggle}
      className={classNames(
        'flex h-11 cursor-pointer items-center gap-3 rounded-card px-2 text-row hover:bg-hover',
        isActive && 'bg-active',
        refusal !== null && 'cursor-default',
      )}
    >
      <Avatar id={user.id} name={user.displayName} url={user.avatarUrl} size="small" />
      <span className="truncate font-medium">{user.displayName}</span>
      <span className="flex-1 truncate text-small text-ink-3">{refusal ?? user.username}</span>
      {isChosen && <Check size={18} aria-hidden className="shrink-0 text-accent-ink" />}
    </div>
  )
}
