import { cloneElement, lazy, Suspense, useState } from 'react'
import type { MenuProps } from './MenuBody.tsx'

export type { MenuItem } from './MenuItems.tsx'

const Body = lazy(async () => ({ default: (await import('./MenuBody.tsx')).MenuBody }))

/** A menu behind a button. What it takes to place it is fetched when one is first opened. */
export function Menu({ trigger, items }: MenuProps) {
  const [isWanted, setIsWanted] = useState(false)
  const button = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    onClick: () => setIsWanted(true),
  })
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <Body trigger={trigger} items={items} />
    </Suspense>
  )
}
