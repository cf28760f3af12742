import { Menu as Base } from '@base-ui/react/menu'
import { type MenuItem, MenuItems } from './MenuItems.tsx'

export interface PointMenuProps {
  at: { x: number; y: number }
  items: MenuItem[]
  onClose: () => void
}

export function PointMenuBody({ at, items, onClose }: PointMenuProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect(at) }
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" sideOffset={2} className="z-50">
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
