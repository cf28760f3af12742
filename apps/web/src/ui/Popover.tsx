import { cloneElement, lazy, Suspense, useState } from 'react'
import type { PopoverProps } from './PopoverBody.tsx'

const Body = lazy(async () => ({ default: (await import('./PopoverBody.tsx')).PopoverBody }))

/** Something beside a button. What it takes to place it is fetched when one is first opened. */
export function Popover(props: PopoverProps) {
  const [stage, setStage] = useState<'untouched' | 'open' | 'closed'>('untouched')
  const button = cloneElement(props.trigger, { onClick: () => setStage('open') })
  if (stage === 'untouched') return button
  return (
    <Suspense fallback={button}>
      <Body
        {...props}
        isOpen={stage === 'open'}
        onOpenChange={(isOpen) => setStage(isOpen ? 'open' : 'closed')}
      />
    </Suspense>
  )
}
