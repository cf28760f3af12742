import { Menu as Base } from '@base-ui/react/menu'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { classNames } from './class-names.ts'

export interface MenuItem {
  label: string
  icon?: LucideIcon
  isDanger?: boolean
  onSelect: () => void
}

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
          <Base.Popup className="min-w-44 rounded-card border border-line bg-raised p-1 shadow-float outline-none">
            {items.map(({ label, icon: Icon, isDanger, onSelect }) => (
              <Base.Item
                key={label}
                onClick={onSelect}
                className={classNames(
                  'flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2.5 text-row outline-none',
                  'data-highlighted:bg-hover',
                  isDanger && 'text-danger',
                )}
              >
                {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
                {label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
