import { create } from 'zustand'

export type Overlay = 'palette' | 'new-conversation' | 'new-group' | 'shortcuts'

interface Shell {
  /** The third pane; on smaller screens it lies over the conversation. */
  isDetailsOpen: boolean
  overlay: Overlay | null
  /** What the palette opens with. */
  query: string
  notices: Notice[]
}

interface Notice {
  id: number
  text: string
}

const NOTICE_LASTS_MS = 5_000
const WIDE = '(min-width: 1180px)'

/** What is open around the conversation. Features open each other's parts through here. */
export const useShell = create<Shell>(() => ({
  isDetailsOpen: matchMedia(WIDE).matches,
  overlay: null,
  query: '',
  notices: [],
}))

// Where there is no room beside the conversation, details would cover it unasked.
matchMedia(WIDE).addEventListener('change', ({ matches }) => {
  useShell.setState({ isDetailsOpen: matches })
})

export function openOverlay(overlay: Overlay, query = ''): void {
  useShell.setState({ overlay, query })
}

export function closeOverlay(): void {
  useShell.setState({ overlay: null })
}

export function toggleDetails(): void {
  useShell.setState(({ isDetailsOpen }) => ({ isDetailsOpen: !isDetailsOpen }))
}

export function openDetails(): void {
  useShell.setState({ isDetailsOpen: true })
}

export function closeDetails(): void {
  useShell.setState({ isDetailsOpen: false })
}

/** Says in passing what has happened, or why something did not. */
export function showNotice(text: string): void {
  const id = performance.now()
  useShell.setState(({ notices }) => ({ notices: [...notices, { id, text }] }))
  setTimeout(() => {
    useShell.setState(({ notices }) => ({ notices: notices.filter((other) => other.id !== id) }))
  }, NOTICE_LASTS_MS)
}
