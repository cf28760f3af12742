import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What to do first. */
  text?: string
  /** It is all that the page has, not a part of it. */
  isPage?: boolean
  children?: ReactNode
}

export function EmptyState({ icon: Icon, title, text, isPage, children }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="grid h-full place-content-center justify-items-center gap-1 p-6 text-center">
      <span className="mb-3 grid size-12 place-items-center rounded-panel bg-accent-soft text-accent-ink">
        <Icon size={24} strokeWidth={1.75} aria-hidden />
      </span>
      <Heading className="text-title">{title}</Heading>
      {text && <p className="max-w-[38ch] text-row text-balance text-ink-2">{text}</p>}
      {children && <div className="mt-4 flex gap-2">{children}</div>}
    </div>
  )
}
