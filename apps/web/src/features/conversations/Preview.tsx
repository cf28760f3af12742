import type { TextMessage } from '@chatapp/protocol'
import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import {
  useDraft,
  useMembers,
  usePending,
  usePerson,
  useSelf,
  useTick,
} from '../../lib/chat/hooks.ts'
import { lookAtMembers } from '../../lib/chat/members-in-sight.ts'
import type { ChatConversation } from '../../lib/chat/state.ts'
import { plainLine } from '../../lib/text/plain.ts'
import { SystemSentence } from '../../ui/SystemSentence.tsx'

interface PreviewProps {
  conversation: ChatConversation
  /** What is being written there is in sight anyway. */
  isCurrent: boolean
}

/** The second line of a row: the draft, else what is on its way, else the newest message. */
export function Preview({ conversation: { id, kind, lastMessage }, isCurrent }: PreviewProps) {
  const { t } = useTranslation('conversations')
  const draft = useDraft(id)
  const waiting = usePending(id).at(-1)
  const written = draft.editing ? draft.editing.kept : draft.text
  if (!isCurrent && written.trim() !== '') {
    return (
      <>
        <span className="font-medium text-accent-ink">{t('draft')}</span> {plainLine(written)}
      </>
    )
  }
  if (waiting) {
    const isFailed = waiting.state.kind === 'failed'
    const Icon = isFailed ? CircleAlert : Clock
    return (
      <>
        <Icon
          role="img"
          aria-label={t(isFailed ? 'notSent' : 'waiting')}
          className={isFailed ? `${ICON} text-danger` : ICON}
        />
        {t('yours', { text: plainLine(waiting.data) })}
      </>
    )
  }
  if (lastMessage?.kind === 'text') return <Text message={lastMessage} isGroup={kind === 'group'} />
  return lastMessage ? <SystemSentence message={lastMessage} /> : t('noMessages')
}

function Text({ message, isGroup }: { message: TextMessage; isGroup: boolean }) {
  const { t } = useTranslation(['conversations', 'timeline'])
  const self = useSelf()
  const sender = usePerson(message.senderId)
  if (message.data === null) return <i>{t('unsent', { ns: 'timeline' })}</i>
  const text = plainLine(message.data)
  if (message.senderId !== self?.id) {
    return isGroup && sender ? t('from', { name: firstWord(sender.displayName), text }) : text
  }
  return (
    <>
      <State message={message} />
      {t('yours', { text })}
    </>
  )
}

function State({ message: { conversationId, position } }: { message: TextMessage }) {
  const { t } = useTranslation('timeline')
  const isKnown = useMembers(conversationId) !== undefined
  const tick = useTick(conversationId, position)
  useEffect(() => lookAtMembers(conversationId), [conversationId])
  // Its place is kept: to say "sent" first would tell less than is true.
  if (!isKnown) return <span aria-hidden className={ICON} />
  const Icon = tick === 'sent' ? Check : CheckCheck
  const colour = tick === 'read' ? 'text-accent-ink' : 'text-ink-3'
  return <Icon role="img" aria-label={t(tick)} className={`${ICON} ${colour}`} />
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name
}

const ICON = 'mr-1 inline size-3.5 align-[-2px]'
