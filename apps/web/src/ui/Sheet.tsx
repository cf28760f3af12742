import { lazy, Suspense } from 'react'
import type { SheetProps } from './SheetBody.tsx'

const Body = lazy(async () => ({ default: (await import('./SheetBody.tsx')).SheetBody }))

/** A pane over the page, where there is no room for it beside the rest. Esc closes. */
export function Sheet(props: SheetProps) {
  return (
    <Suspense>
      <Body {...props} />
    </Suspense>
  )
}
