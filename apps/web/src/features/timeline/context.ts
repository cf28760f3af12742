import { createContext } from 'react'

interface TimelineActions {
  /** Shows a message, wherever it is, and marks it for a moment. */
  jump: (position: number) => void
  /** What one reads stays where it is, although the list grows. */
  hold: () => void
  onFocusRow: (key: string) => void
}

export const TimelineContext = createContext<TimelineActions>({
  jump: () => {},
  hold: () => {},
  onFocusRow: () => {},
})
