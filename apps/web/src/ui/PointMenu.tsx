import { lazy, Suspense } from 'react'
import type { PointMenuProps } from './PointMenuBody.tsx'

const Body = lazy(async () => ({ default: (await import('./PointMenuBody.tsx')).PointMenuBody }))

/** A menu where the pointer is, for a right click or its key. Fetched when one is first opened. */
export function PointMenu(props: PointMenuProps) {
  return (
    <Suspense>
      <Body {...props} />
    </Suspense>
  )
}
