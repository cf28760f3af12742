import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Composer } from '../../features/composer/Composer.tsx'
import { Timeline } from '../../features/timeline/Timeline.tsx'
import { leaveConversation, openConversation } from '../../lib/chat/history.ts'
import { useChat, useLoaded } from '../../lib/chat/hooks.ts'
import { lookAtMembers } from '../../lib/chat/members-in-sight.ts'
import { chat } from '../../lib/chat/store.ts'
import { rememberConversation } from '../../lib/shell/last-conversation.ts'
import { useShell } from '../../lib/shell/shell.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { NotFound } from '../NotFound.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { ConversationHeader } from './ConversationHeader.tsx'

const Details = lazy(async () => ({
  default: (await import('../../features/details/Details.tsx')).Details,
}))

export function ConversationScreen() {
  const params = useParams({ strict: false })
  const conversationId = params.conversationId ?? ''
  const position = positionOf(params.position)
  const isKnown = useIsKnown(conversationId)
  const loaded = useLoaded()
  useOpened(conversationId, position)
  if (!isKnown && loaded === 'live') return <NotFound />
  return <Panes key={conversationId} conversationId={conversationId} position={position} />
}

interface PanesProps {
  conversationId: string
  position: number | undefined
}

function Panes({ conversationId, position }: PanesProps) {
  const { isBeside } = useSearchPane()
  const isDetailsOpen = useShell((state) => state.isDetailsOpen) && !isBeside
  return (
    <div className="flex min-h-0 flex-1">
      <main className="flex min-w-0 flex-1 flex-col">
        <ConversationHeader conversationId={conversationId} />
        <ConnectionBanner />
        <Timeline conversationId={conversationId} position={position} />
        <Composer conversationId={conversationId} />
      </main>
      {isDetailsOpen && (
        <Suspense>
          <Details conversationId={conversationId} />
        </Suspense>
      )}
    </div>
  )
}

/** Opens it once it is known, and again when it had to be forgotten. */
function useOpened(conversationId: string, position: number | undefined) {
  const isOpen = useChat(({ timelines, conversations }) => {
    const status = timelines[conversationId]?.status ?? 'stale'
    return conversations[conversationId] === undefined || status !== 'stale'
  })
  const isKnown = useIsKnown(conversationId)
  useEffect(() => {
    if (!isKnown) return
    openConversation(conversationId, position)
    rememberConversation(conversationId)
    return () => leaveConversation(conversationId)
  }, [conversationId, position, isKnown])
  useEffect(() => lookAtMembers(conversationId), [conversationId])
  useEffect(() => {
    if (!isOpen) openConversation(conversationId, position)
  }, [conversationId, position, isOpen])
  const isOnline = useChat(({ connection }) => connection.kind === 'online')
  useEffect(() => {
    const { status } = chat.getState().timelines[conversationId] ?? {}
    if (isOnline && status === 'failed') openConversation(conversationId, position)
  }, [conversationId, position, isOnline])
  const hasFailed = useChat(({ timelines }) => timelines[conversationId]?.status === 'failed')
  useEffect(() => {
    if (!isOnline || !hasFailed) return
    const timer = setTimeout(() => openConversation(conversationId, position), RETRY_MS)
    return () => clearTimeout(timer)
  }, [conversationId, position, isOnline, hasFailed])
}

/** Online and still refused: the server may be busy, so not at once. */
const RETRY_MS = 5_000

function useIsKnown(conversationId: string): boolean {
  return useChat(({ conversations }) => conversationId in conversations)
}

function positionOf(text: string | undefined): number | undefined {
  const position = Number(text)
  return Number.isSafeInteger(position) && position > 0 ? position : undefined
}
