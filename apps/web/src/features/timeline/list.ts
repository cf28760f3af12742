import type { RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'

/** The list of messages as it is on the screen. */
export type List = RefObject<VirtualizerHandle | null>

/** How far it goes on below what is in sight. */
export function belowOf({ scrollSize, viewportSize, scrollOffset }: VirtualizerHandle): number {
  return scrollSize - viewportSize - scrollOffset
}
