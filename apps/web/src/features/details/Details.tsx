import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationFacts } from '../../lib/chat/facts.ts'
import { closeDetails } from '../../lib/shell/shell.ts'
import { useMedia } from '../../lib/shell/use-media.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { Group } from './Group.tsx'
import { PersonDetails } from './PersonDetails.tsx'

/** The third pane where there is room, else a sheet over the conversation. */
export function Details({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('app')
  const isWide = useMedia('(width >= 1180px)')
  if (!isWide) {
    return (
      <Sheet title={t('details')} onClose={closeDetails}>
        <Pane conversationId={conversationId} />
      </Sheet>
    )
  }
  return (
    <aside aria-label={t('details')} className="w-[296px] shrink-0 border-l border-line bg-canvas">
      <Pane conversationId={conversationId} />
    </aside>
  )
}

function Pane({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('app')
  const kind = useConversationFacts(conversationId)?.kind
  // The list inside needs to know what scrolls.
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  return (
    <div ref={setScroller} className="h-full scroll-pt-16 overflow-y-auto px-4 pb-6">
      <div className="sticky top-0 z-10 -mx-4 flex h-[60px] items-center bg-canvas px-4">
        <h2 className="flex-1 text-title">{t('details')}</h2>
        <IconButton icon={X} label={t('hideDetails')} onClick={closeDetails} />
      </div>
      {kind === 'direct' && <PersonDetails conversationId={conversationId} />}
      {kind === 'group' && scroller && (
        <Group conversationId={conversationId} scroller={scroller} />
      )}
    </div>
  )
}
