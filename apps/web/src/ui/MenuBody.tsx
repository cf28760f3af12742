import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, useState } from 'react'
import { landmarkOf } from './last-place.ts'
import { type MenuItem, MenuItems } from './MenuItems.tsx'

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu' }>
  items: MenuItem[]
}

export function MenuBody({ trigger, items }: MenuProps) {
  const [button, setButton] = useState<HTMLElement | null>(null)
  return (
    <Base.Root defaultOpen>
      <Base.Trigger ref={setButton} render={trigger} />
      <Base.Portal container={button && landmarkOf(button)}>
        <Base.Positioner sideOffset={4} align="end" className="z-50">
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
