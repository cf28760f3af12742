import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { type MenuItem, MenuItems } from './MenuItems.tsx'

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu' }>
  items: MenuItem[]
}

export function MenuBody({ trigger, items }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-50">
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
