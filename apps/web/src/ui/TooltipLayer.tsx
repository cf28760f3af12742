import { useEffect, useState } from 'react'

interface Shown {
  text: string
  x: number
  y: number
}

const DELAY_MS = 400
const GAP_PX = 6
const ROOM_PX = 40

/** Shows the tooltip of whatever is pointed at or focused. There is one of it on the page. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setShown(null)
    }
    const show = (event: Event, delayMs: number) => {
      hide()
      const target = event.target instanceof Element && event.target.closest('[data-tooltip]')
      if (target) timer = setTimeout(() => setShown(placed(target)), delayMs)
    }
    const onOver = (event: PointerEvent) => event.pointerType === 'mouse' && show(event, DELAY_MS)
    const onFocus = (event: FocusEvent) => {
      const isByKeyboard = event.target instanceof Element && event.target.matches(':focus-visible')
      if (isByKeyboard) show(event, 0)
    }
    const ends = ['pointerdown', 'keydown', 'scroll', 'focusout'] as const
    document.addEventListener('pointerover', onOver)
    document.addEventListener('focusin', onFocus)
    for (const end of ends) document.addEventListener(end, hide, true)
    return () => {
      hide()
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('focusin', onFocus)
      for (const end of ends) document.removeEventListener(end, hide, true)
    }
  }, [])
  if (!shown) return null
  return (
    <div
      aria-hidden
      style={{ left: shown.x, top: shown.y }}
      className="pointer-events-none fixed z-50 max-w-60 -translate-x-1/2 rounded-control bg-ink px-2 py-1 text-meta text-canvas shadow-float"
    >
      {shown.text}
    </div>
  )
}

function placed(target: Element): Shown | null {
  // What it opened says more, and lies over it.
  if (!target.isConnected || target.getAttribute('aria-expanded') === 'true') return null
  const { left, width, top, bottom } = target.getBoundingClientRect()
  const x = Math.min(Math.max(left + width / 2, ROOM_PX), innerWidth - ROOM_PX)
  const isBelow = bottom + ROOM_PX < innerHeight
  const y = isBelow ? bottom + GAP_PX : top - ROOM_PX + GAP_PX
  return { text: target.getAttribute('data-tooltip') ?? '', x, y }
}
