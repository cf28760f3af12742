import { classNames } from './class-names.ts'

/** In the picture counts stop here; in the data they do not. */
const SHOWN_MAX = 99

interface BadgeProps {
  count: number
  /** What it counts, for screen readers. */
  label: string
  /** A mention shows stronger than an unread one; muted ones show weaker. */
  look?: 'unread' | 'mention' | 'muted'
}

const LOOKS = {
  unread: 'bg-accent text-on-accent',
  mention: 'text-accent-ink inset-ring-[1.5px] inset-ring-accent',
  muted: 'bg-active text-ink-2',
}

export function Badge({ count, label, look = 'unread' }: BadgeProps) {
  const text = count > SHOWN_MAX ? `${SHOWN_MAX}+` : String(count)
  return (
    <span
      className={classNames(
        'inline-grid h-5 min-w-5 place-items-center rounded-full px-1.5 text-label',
        LOOKS[look],
      )}
    >
      <span aria-hidden>{look === 'mention' ? '@' : text}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
