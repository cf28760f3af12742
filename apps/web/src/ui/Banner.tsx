import type { ReactNode } from 'react'

/** A quiet line above the content, which it pushes down. */
export function Banner({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 bg-warn-soft px-6 py-2 text-small text-warn-ink narrow:px-4">
      {children}
    </div>
  )
}
