import { Menu as Base } from '@base-ui/react/menu'
import { useState } from 'react'
import { backToLastPlace, landmarkOf } from './last-place.ts'
import { type MenuItem, MenuItems } from './MenuItems.tsx'

export interface PointMenuProps {
  at: { x: number; y: number }
  items: MenuItem[]
  onClose: () => void
}

export function PointMenuBody({ at, items, onClose }: PointMenuProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect(at) }
  const [container] = useState(() => landmarkOf(document.activeElement))
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal container={container}>
        <Base.Positioner anchor={anchor} align="start" sideOffset={2} className="z-50">
          <MenuItems items={items} finalFocus={backToLastPlace} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
