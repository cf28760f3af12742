import { MessageCircle, RotateCw } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { openConversation } from '../../lib/chat/history.ts'
import { usePending, useTimeline } from '../../lib/chat/hooks.ts'
import type { Timeline as TimelineState } from '../../lib/chat/state.ts'
import { loadingTimeline } from '../../lib/chat/timeline.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Announcer } from './Announcer.tsx'
import { useDialog } from './dialog.ts'
import { MessageList } from './MessageList.tsx'
import { Placeholders } from './Placeholders.tsx'
import { TypingLine } from './TypingLine.tsx'

const MessageDialog = lazy(async () => ({
  default: (await import('./MessageDialog.tsx')).MessageDialog,
}))

interface TimelineProps {
  conversationId: string
  /** To be shown, as a link asked. */
  position: number | undefined
}

export function Timeline(props: TimelineProps) {
  const timeline = useTimeline(props.conversationId)
  const dialog = useDialog((state) => state.dialog)
  return (
    <>
      <div className="relative min-h-0 flex-1">
        <Content {...props} />
        <Announcer timeline={timeline} />
      </div>
      <TypingLine conversationId={props.conversationId} />
      {dialog && (
        <Suspense>
          <MessageDialog dialog={dialog} />
        </Suspense>
      )}
    </>
  )
}

function Content({ conversationId, position }: TimelineProps) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline(conversationId)
  const hasPending = usePending(conversationId).length > 0
  // What waits to be sent is shown also where nothing could be loaded yet.
  if (hasPending || (timeline && timeline.messages.length > 0)) {
    const shown = timeline ?? loadingTimeline
    return <MessageList conversationId={conversationId} timeline={shown} position={position} />
  }
  return (
    <div
      role="log"
      aria-label={t('label')}
      aria-busy={timeline?.status === 'loading'}
      className="h-full"
    >
      <NoMessages
        status={timeline?.status ?? 'loading'}
        onRetry={() => openConversation(conversationId, position)}
      />
    </div>
  )
}

interface NoMessagesProps {
  status: TimelineState['status']
  onRetry: () => void
}

function NoMessages({ status, onRetry }: NoMessagesProps) {
  const { t } = useTranslation('timeline')
  switch (status) {
    case 'loading':
    case 'stale':
      return <Placeholders />
    case 'ready':
      return <EmptyState icon={MessageCircle} title={t('emptyTitle')} text={t('emptyText')} />
    case 'failed':
      return (
        <EmptyState icon={RotateCw} title={t('failedTitle')}>
          <Button onClick={onRetry}>{t('retry', { ns: 'app' })}</Button>
        </EmptyState>
      )
  }
}
