import { useShell } from '../../lib/shell/shell.ts'

export function Notices() {
  const notices = useShell((state) => state.notices)
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-[72px] z-50 grid justify-items-center gap-2"
    >
      {notices.map(({ id, text }) => (
        <p key={id} className="rounded-card bg-ink px-4 py-2 text-small text-canvas shadow-float">
          {text}
        </p>
      ))}
    </div>
  )
}
