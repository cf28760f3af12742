import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement<{ onClick?: () => void }>
  /** What it is, for screen readers. */
  label: string
  /** What is in it; given a way to close it. */
  children: (close: () => void) => ReactNode
}

interface PopoverBodyProps extends PopoverProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

export function PopoverBody({ trigger, label, isOpen, onOpenChange, children }: PopoverBodyProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" className="z-50">
          <Base.Popup
            aria-label={label}
            className="rounded-card border border-line bg-raised shadow-float outline-none"
          >
            {children(() => onOpenChange(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
