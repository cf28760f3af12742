import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { backToLastPlace } from './last-place.ts'

export interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
}

export function SheetBody({ title, onClose, children }: SheetProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-veil" />
        <Base.Popup
          finalFocus={backToLastPlace}
          className="fixed inset-y-0 right-0 z-30 w-[min(360px,100vw)] bg-canvas shadow-float outline-none narrow:w-full"
        >
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
