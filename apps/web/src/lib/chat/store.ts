import { createStore } from 'zustand/vanilla'
import { applyEvent, type ChatEvent } from './apply.ts'
import { withSeen } from './seen.ts'
import { type ChatState, emptyState } from './state.ts'

/** Everything about the chat that this page knows. Components read it by the hooks of `hooks.ts`. */
export const chat = createStore<ChatState>(() => emptyState)

/** One change by a pure function. */
export function change(next: (state: ChatState) => ChatState): void {
  chat.setState(next, true)
}

let waiting: ChatEvent[] = []
/** In a hidden tab there are no frames, so a clock helps out. */
const HIDDEN_TAB_PAUSE_MS = 100
let clock: ReturnType<typeof setTimeout> | undefined

/** Takes an event in; those of one frame become one change, so that a flood costs few renders. */
export function enqueue(event: ChatEvent): void {
  waiting.push(event)
  if (clock !== undefined) return
  clock = setTimeout(flush, HIDDEN_TAB_PAUSE_MS)
  if (document.visibilityState === 'visible') requestAnimationFrame(flush)
}

/** What has come in is shown now: my own doing must not wait for a frame. */
export function flush(): void {
  // Left running, it would break into the next frame and cost that one a second change.
  clearTimeout(clock)
  clock = undefined
  if (waiting.length === 0) return
  const events = waiting
  waiting = []
  const now = Date.now()
  change((state) => withSeen(events.reduce((next, event) => applyEvent(next, event, now), state)))
}

export function clearChat(): void {
  waiting = []
  chat.setState(emptyState, true)
}
