import { type ReactNode, useContext, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TimelineContext } from './context.ts'

interface FoldedProps {
  messageId: string
  children: ReactNode
}

/** Rows come and go by scrolling; what was opened stays open. */
const opened = new Set<string>()

/** A very long message: its beginning, and the rest for those who want it. */
export function Folded({ messageId, children }: FoldedProps) {
  const { t } = useTranslation('timeline')
  const { hold } = useContext(TimelineContext)
  const [isOpen, setIsOpen] = useState(() => opened.has(messageId))
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  function toggle() {
    hold()
    if (isOpen) opened.delete(messageId)
    else opened.add(messageId)
    setIsOpen(!isOpen)
    // Closed from far below, one would find oneself somewhere else.
    if (isOpen) requestAnimationFrame(() => button.current?.scrollIntoView({ block: 'nearest' }))
  }
  return (
    <>
      <div
        id={id}
        className={
          isOpen
            ? undefined
            : 'max-h-[360px] overflow-hidden [mask-image:linear-gradient(#000_75%,transparent)]'
        }
      >
        {children}
      </div>
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
        className="mt-1 rounded-control text-small font-semibold text-accent-ink hover:underline"
      >
        {t(isOpen ? 'showLess' : 'showMore')}
      </button>
    </>
  )
}
