import { Link, useNavigate } from '@tanstack/react-router'
import { Settings, SquarePen, TextSearch } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useChat, useLoaded, usePresence, useSelf } from '../../lib/chat/hooks.ts'
import { selectConversationIds } from '../../lib/chat/select.ts'
import { openOverlay } from '../../lib/shell/shell.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ActivityLink } from './ActivityLink.tsx'
import { ConversationList } from './ConversationList.tsx'
import { EmptyList, NothingNamed, Placeholders } from './ListStates.tsx'
import { idsNamed } from './list-rows.ts'
import { SearchField } from './SearchField.tsx'
import { useWayBack } from './use-way-back.ts'

interface ConversationsProps {
  currentId: string | null
  /** There is nothing beside it. */
  isPage: boolean
}

export function Conversations({ currentId, isPage }: ConversationsProps) {
  const { t } = useTranslation(['conversations', 'search'])
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const search = useSearchPane()
  useWayBack(currentId, isPage)
  const ids = useChat(useShallow((state) => idsNamed(selectConversationIds(state), query, state)))
  const [first] = ids
  const Name = isPage ? 'h1' : 'span'
  function openFirst() {
    if (!first) return search.open({ query: query.trim() })
    setQuery('')
    void navigate({ to: '/c/$conversationId', params: { conversationId: first } })
  }
  return (
    <nav aria-label={t('label')} className="flex min-h-0 w-full flex-col">
      <div className="flex h-[60px] shrink-0 items-center gap-2.5 pr-3 pl-4">
        <Name className="flex-1 text-title">{t('name', { ns: 'app' })}</Name>
        <ActivityLink />
        <IconButton
          icon={TextSearch}
          label={t('field', { ns: 'search' })}
          onClick={() => search.open()}
        />
        <IconButton
          icon={SquarePen}
          label={t('new')}
          onClick={() => openOverlay('new-conversation')}
        />
      </div>
      <SearchField query={query} onChange={setQuery} onEnter={openFirst} />
      <Content ids={ids} query={query} currentId={currentId} />
      <Me />
    </nav>
  )
}

function Content(props: { ids: string[]; query: string; currentId: string | null }) {
  const { ids, query, currentId } = props
  const loaded = useLoaded()
  if (ids.length > 0) return <ConversationList ids={ids} query={query} currentId={currentId} />
  if (query.trim() !== '') return <NothingNamed query={query} />
  return loaded === 'live' ? <EmptyAfterAll /> : <Placeholders />
}

/** A new account is put into the lobby a moment after it is there: till then nobody is told to begin. */
function EmptyAfterAll() {
  const [isEmpty, setIsEmpty] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsEmpty(true), LOBBY_COMES_MS)
    return () => clearTimeout(timer)
  }, [])
  return isEmpty ? <EmptyList /> : <Placeholders />
}

const LOBBY_COMES_MS = 1_500

function Me() {
  const { t } = useTranslation(['app', 'presence'])
  const self = useSelf()
  const presence = usePresence(self?.id ?? null)
  if (!self) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in
    <div
      role="group"
      aria-label={t('you')}
      className="flex h-[60px] shrink-0 items-center gap-2.5 border-t border-line px-3"
    >
      <Avatar
        id={self.id}
        name={self.displayName}
        url={self.avatarUrl}
        size="small"
        presence={presence}
      />
      <span className="min-w-0 flex-1 truncate text-row font-medium">
        {self.displayName}
        {presence && (
          <span className="block text-meta font-normal text-ink-3">
            {t(presence, { ns: 'presence' })}
          </span>
        )}
      </span>
      <Link
        to="/settings"
        aria-label={t('settings')}
        data-tooltip={t('settings')}
        className="grid size-8 place-items-center rounded-control text-ink-2 hover:bg-active hover:text-ink"
      >
        <Settings size={18} strokeWidth={1.75} aria-hidden />
      </Link>
    </div>
  )
}
