import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { IconButton } from './IconButton.tsx'
import { backToLastPlace } from './last-place.ts'

export interface DialogProps {
  onClose: () => void
  title: string
  /** The title is said, not shown; there is no close button either. */
  isBare?: boolean
  className?: string
  children: ReactNode
}

export function DialogBody({ onClose, title, isBare, className, children }: DialogProps) {
  const { t } = useTranslation('app')
  const popup = useRef<HTMLDivElement>(null)
  // Without one of its own it is the first control, as usual.
  const firstFocus = () => popup.current?.querySelector<HTMLElement>('[data-first-focus]') ?? true
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup
          ref={popup}
          initialFocus={firstFocus}
          finalFocus={backToLastPlace}
          className={classNames(
            'fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] w-[min(520px,calc(100vw-24px))]',
            '-translate-x-1/2 flex-col overflow-hidden rounded-panel border border-line bg-raised shadow-float',
            className,
          )}
        >
          <div className={isBare ? 'sr-only' : 'flex h-14 shrink-0 items-center px-5 pr-3'}>
            <Base.Title className="flex-1 text-title">{title}</Base.Title>
            {!isBare && <IconButton icon={X} label={t('close')} onClick={onClose} />}
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
