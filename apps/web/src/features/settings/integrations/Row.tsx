import type { ReactNode } from 'react'

interface RowProps {
  title: ReactNode
  facts: ReactNode
  actions: ReactNode
  /** Why the last of them did not work. */
  problem?: string | undefined
  /** What opens below. */
  children?: ReactNode
}

export function Row({ title, facts, actions, problem, children }: RowProps) {
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-48 text-small text-ink-2 [overflow-wrap:anywhere]">
          <p className="text-row font-medium text-ink">{title}</p>
          {facts}
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      <p role="alert" className="mt-2 text-small text-danger empty:hidden">
        {problem}
      </p>
      {children}
    </li>
  )
}
