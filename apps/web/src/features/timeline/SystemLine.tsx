import type { SystemMessage } from '@chatapp/protocol'
import { SystemSentence } from '../../ui/SystemSentence.tsx'

/** Who did what, in one quiet line. */
export function SystemLine({ message }: { message: SystemMessage }) {
  return (
    <div className="py-1.5 pl-[52px] text-small text-ink-3">
      <SystemSentence message={message} />
    </div>
  )
}
