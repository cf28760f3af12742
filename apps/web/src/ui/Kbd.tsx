/** As keyboards here are labelled. */
export const COMMAND_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
export const PALETTE_KEY = `${COMMAND_KEY} K`

export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-line px-1.5 font-sans text-label text-ink-3">
      {children}
    </kbd>
  )
}
