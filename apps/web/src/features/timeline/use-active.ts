import { type FocusEvent, type PointerEvent, type SyntheticEvent, useRef, useState } from 'react'

const LONG_PRESS_MS = 450
const MOVED_PX = 10

/**
 * Whether a message shows its actions: pointed at, focused inside (also in a menu of its own, which
 * lies elsewhere in the page), or held for long on a touch screen.
 */
export function useActive() {
  const [isHovered, setIsHovered] = useState(false)
  const [isFocused, setIsFocused] = useState(false)
  const press = useRef<{ timer: number; x: number; y: number } | null>(null)
  const leaving = useRef(0)

  function endPress() {
    if (press.current) clearTimeout(press.current.timer)
    press.current = null
  }
  const handlers = {
    onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && setIsHovered(true),
    onPointerLeave: () => {
      setIsHovered(false)
      endPress()
    },
    onFocus: () => {
      clearTimeout(leaving.current)
      setIsFocused(true)
    },
    // The focus may come back within the same turn: from the button into its menu, and within a
    // menu, from where one movement comes here more than once.
    onBlur: (_event: FocusEvent) => {
      clearTimeout(leaving.current)
      leaving.current = window.setTimeout(() => setIsFocused(false))
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== 'touch') return
      const { currentTarget, clientX: x, clientY: y } = event
      endPress()
      const timer = window.setTimeout(
        () => currentTarget.focus({ preventScroll: true }),
        LONG_PRESS_MS,
      )
      press.current = { timer, x, y }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = press.current ?? { x: clientX, y: clientY }
      if (Math.hypot(clientX - x, clientY - y) > MOVED_PX) endPress()
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onContextMenu: (event: SyntheticEvent) => press.current && event.preventDefault(),
  }
  return { isActive: isHovered || isFocused, handlers }
}
