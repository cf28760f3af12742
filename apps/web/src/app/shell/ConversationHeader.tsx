import { Link } from '@tanstack/react-router'
import { ChevronLeft, PanelRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationFacts } from '../../lib/chat/facts.ts'
import { useConversationName, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { otherPersonId } from '../../lib/chat/select.ts'
import { toggleDetails, useShell } from '../../lib/shell/shell.ts'
import { IconButton } from '../../ui/IconButton.tsx'

export function ConversationHeader({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('app')
  const name = useConversationName(conversationId)
  const isOpen = useShell((state) => state.isDetailsOpen)
  const toggle = useFocusWhenClosed(isOpen)
  return (
    <header className="flex h-[60px] shrink-0 items-center gap-3 border-b border-line pr-3 pl-6 narrow:pl-2">
      <Link
        to="/"
        aria-label={t('back')}
        className="hidden size-9 place-items-center rounded-control text-ink-2 hover:bg-active narrow:grid"
      >
        <ChevronLeft size={20} aria-hidden />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-title">{name}</h1>
        <p className="truncate text-meta text-ink-3">
          <Subtitle conversationId={conversationId} />
        </p>
      </div>
      <IconButton
        ref={toggle}
        icon={PanelRight}
        label={t(isOpen ? 'hideDetails' : 'showDetails')}
        onClick={toggleDetails}
      />
    </header>
  )
}

/** The button inside the pane goes with it. */
function useFocusWhenClosed(isOpen: boolean) {
  const toggle = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    const isLost = document.activeElement === document.body
    if (wasOpen.current && !isOpen && isLost) toggle.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return toggle
}

function Subtitle({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation(['timeline', 'presence'])
  const conversation = useConversationFacts(conversationId)
  const self = useSelf()
  const other = conversation ? otherPersonId(conversation, self?.id) : null
  const presence = usePresence(other)
  if (!conversation) return null
  if (other) return presence ? t(presence, { ns: 'presence' }) : null
  return t('members', { count: conversation.memberCount })
}
