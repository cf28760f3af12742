import { Link } from '@tanstack/react-router'
import { MessagesSquare, Search, Settings, SquarePen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConversationIds, useLoaded, useSelf } from '../../lib/chat/hooks.ts'
import { openOverlay } from '../../lib/shell/shell.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ConversationRow } from './ConversationRow.tsx'

export function Conversations({ currentId }: { currentId: string | null }) {
  const { t } = useTranslation('conversations')
  return (
    <nav aria-label={t('label')} className="flex min-h-0 w-full flex-col">
      <div className="flex h-[60px] shrink-0 items-center gap-2.5 pr-3 pl-4">
        <span className="flex-1 text-title">{t('name', { ns: 'app' })}</span>
        <IconButton
          icon={SquarePen}
          label={t('new')}
          onClick={() => openOverlay('new-conversation')}
        />
      </div>
      <button
        type="button"
        onClick={() => openOverlay('palette')}
        className="mx-3 mb-2 flex h-9 shrink-0 items-center gap-2 rounded-card border border-line bg-canvas px-2.5 text-small text-ink-3 hover:border-line-strong"
      >
        <Search size={16} aria-hidden />
        <span className="flex-1 text-left">{t('jump')}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <List currentId={currentId} />
      <Me />
    </nav>
  )
}

function List({ currentId }: { currentId: string | null }) {
  const { t } = useTranslation('conversations')
  const ids = useConversationIds()
  const loaded = useLoaded()
  if (ids.length === 0 && loaded !== 'live') return <Placeholders />
  if (ids.length === 0) {
    return (
      <div className="flex-1">
        <EmptyState icon={MessagesSquare} title={t('emptyTitle')} text={t('emptyText')} />
      </div>
    )
  }
  return (
    <ul className="flex-1 overflow-y-auto px-2 pb-3">
      {ids.map((id) => (
        <li key={id}>
          <ConversationRow id={id} isCurrent={id === currentId} />
        </li>
      ))}
    </ul>
  )
}

function Placeholders() {
  return (
    <div className="flex-1 px-4">
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="flex h-(--row) items-center gap-3">
          <Skeleton className="size-10 rounded-full" />
          <Skeleton className="h-3 w-40" />
        </div>
      ))}
    </div>
  )
}

function Me() {
  const { t } = useTranslation('app')
  const self = useSelf()
  if (!self) return null
  return (
    <div className="flex h-[60px] shrink-0 items-center gap-2.5 border-t border-line px-3">
      <Avatar id={self.id} name={self.displayName} url={self.avatarUrl} size="small" />
      <span className="min-w-0 flex-1 truncate text-row font-medium">{self.displayName}</span>
      <Link
        to="/settings"
        aria-label={t('settings')}
        className="grid size-8 place-items-center rounded-control text-ink-2 hover:bg-active hover:text-ink"
      >
        <Settings size={18} strokeWidth={1.75} aria-hidden />
      </Link>
    </div>
  )
}
