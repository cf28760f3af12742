import { Link } from '@tanstack/react-router'
import { ChevronLeft, PanelRight, TextSearch } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { queryWithin } from '../../features/search/quoted.ts'
import { useConversationFacts } from '../../lib/chat/facts.ts'
import { useConversationName, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { otherPersonId } from '../../lib/chat/select.ts'
import { openDetails, toggleDetails, useShell } from '../../lib/shell/shell.ts'
import { searchOf, useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'

export function ConversationHeader({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation(['app', 'search'])
  const name = useConversationName(conversationId)
  const search = useSearchPane()
  const isOpen = useShell((state) => state.isDetailsOpen) && !search.isBeside
  const toggle = useFocusWhenClosed(isOpen)
  function insteadOfSearch() {
    search.close()
    openDetails()
  }
  return (
    <header className="flex h-[60px] shrink-0 items-center gap-3 border-b border-line pr-3 pl-6 narrow:pl-2">
      <Back />
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-title">{name}</h1>
        <p className="truncate text-meta text-ink-3">
          <Subtitle conversationId={conversationId} />
        </p>
      </div>
      <IconButton
        icon={TextSearch}
        label={t('inConversation', { ns: 'search' })}
        onClick={() => search.open({ query: queryWithin(conversationId), sort: 'newest' })}
      />
      <IconButton
        ref={toggle}
        icon={PanelRight}
        label={t(isOpen ? 'hideDetails' : 'showDetails')}
        onClick={search.isBeside ? insteadOfSearch : toggleDetails}
      />
    </header>
  )
}

/** To the list where it is not beside; to what was found where that is not. */
function Back() {
  const { t } = useTranslation(['app', 'search'])
  const { isBehind, query, sort } = useSearchPane()
  const className = 'size-9 place-items-center rounded-control text-ink-2 hover:bg-active'
  const icon = <ChevronLeft size={20} aria-hidden />
  if (!isBehind) {
    return (
      <Link to="/" aria-label={t('back')} className={classNames(className, 'hidden narrow:grid')}>
        {icon}
      </Link>
    )
  }
  return (
    <Link
      to="/search"
      search={searchOf({ query, sort })}
      aria-label={t('toResults', { ns: 'search' })}
      className={classNames(className, 'grid')}
    >
      {icon}
    </Link>
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
