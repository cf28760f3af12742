import { Check, CheckCheck, CircleAlert, Clock3, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useTick } from '../../lib/chat/hooks.ts'
import type { Tick } from '../../lib/chat/members.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Sending, TextRow } from './rows.ts'

/** How far a message of mine has got: waiting, sent, delivered, read, or failed. */
export function SendState({ row: { message, sending } }: { row: TextRow }) {
  const { t } = useTranslation('timeline')
  const tick = useTick(message.conversationId, message.position)
  const state = sending ? SENDING[sending] : tick
  const Icon = ICONS[state]
  return (
    <span
      role="img"
      aria-label={t(state)}
      data-tooltip={t(state)}
      className={classNames(
        'mb-[3px] self-end',
        state === 'read' ? 'text-accent-ink' : state === 'notSent' ? 'text-danger' : 'text-ink-3',
      )}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden />
    </span>
  )
}

type State = Tick | 'waiting' | 'sending' | 'notSent'

const SENDING: Record<Sending, State> = {
  saving: 'sending',
  queued: 'waiting',
  sending: 'sending',
  failed: 'notSent',
}
const ICONS: Record<State, LucideIcon> = {
  waiting: Clock3,
  sending: Clock3,
  notSent: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
}
