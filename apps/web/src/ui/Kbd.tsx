export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-line px-1.5 font-sans text-label text-ink-3">
      {children}
    </kbd>
  )
}
