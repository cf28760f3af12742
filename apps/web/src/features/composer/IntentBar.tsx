import { Pencil, Reply, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChat, useDraft, usePerson } from '../../lib/chat/hooks.ts'
import type { ChatState } from '../../lib/chat/state.ts'
import { plainLine } from '../../lib/text/plain.ts'
import { IconButton } from '../../ui/IconButton.tsx'

interface IntentBarProps {
  conversationId: string
  onCancel: () => void
}

/** Says what the text will be: a reply to this, or a new wording of that. */
export function IntentBar({ conversationId, onCancel }: IntentBarProps) {
  const { t } = useTranslation('composer')
  const { replyTo, editing } = useDraft(conversationId)
  if (!replyTo && !editing) return null
  return (
    <div className="flex items-center gap-2.5 border-b border-line py-1.5 pr-1 text-small text-ink-2">
      {editing ? (
        <>
          <Pencil size={16} aria-hidden className="shrink-0 text-accent-ink" />
          <span className="flex-1">{t('editing')}</span>
        </>
      ) : (
        <>
          <Reply size={16} aria-hidden className="shrink-0 text-accent-ink" />
          <Quote conversationId={conversationId} messageId={replyTo ?? ''} />
        </>
      )}
      <span className="text-meta text-ink-3 narrow:hidden">{t('escape')}</span>
      <IconButton icon={X} label={t(editing ? 'cancelEdit' : 'cancelReply')} onClick={onCancel} />
    </div>
  )
}

/** Follows edits and unsends: it shows the message as it is now. */
function Quote({ conversationId, messageId }: { conversationId: string; messageId: string }) {
  const { t } = useTranslation('composer')
  const message = useChat((state) => messageOf(state, conversationId, messageId))
  const author = usePerson(message?.senderId ?? '')
  const text = message?.kind === 'text' ? (message.data ?? t('unsent')) : t('notLoaded')
  return (
    <span className="min-w-0 flex-1 truncate">
      <b className="mr-2 font-semibold text-ink">
        {author ? t('replyTo', { name: author.displayName }) : t('reply')}
      </b>
      {plainLine(text)}
    </span>
  )
}

function messageOf({ timelines }: ChatState, conversationId: string, messageId: string) {
  return timelines[conversationId]?.messages.find(({ id }) => id === messageId)
}
