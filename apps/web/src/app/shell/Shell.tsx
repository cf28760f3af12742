import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Conversations } from '../../features/conversations/Conversations.tsx'
import { Notifier } from '../../features/notifications/Notifier.tsx'
import { Sounder } from '../../features/notifications/Sounder.tsx'
import { useSession } from '../../lib/session/session.ts'
import { useShell } from '../../lib/shell/shell.ts'
import { useMedia } from '../../lib/shell/use-media.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'
import { classNames } from '../../ui/class-names.ts'
import { TooltipLayer } from '../../ui/TooltipLayer.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Notices } from './Notices.tsx'
import { PageTitle } from './PageTitle.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const Palette = lazy(async () => ({
  default: (await import('../../features/palette/Palette.tsx')).Palette,
}))

const NewConversation = lazy(async () => ({
  default: (await import('../../features/conversations/NewConversation.tsx')).NewConversation,
}))

const SearchPane = lazy(async () => ({
  default: (await import('../../features/search/SearchPane.tsx')).SearchPane,
}))

const Shortcuts = lazy(async () => ({
  default: (await import('../../features/palette/Shortcuts.tsx')).Shortcuts,
}))

/** List, conversation and details or search beside each other; on narrow screens one of them at a time. */
export function Shell() {
  const { conversationId } = useParams({ strict: false })
  const isHome = useRouterState({ select: ({ location }) => location.pathname === '/' })
  const isListOnly = useMedia('(width < 720px)') && isHome
  const search = useSearchPane()
  const overlay = useShell((state) => state.overlay)
  useSignedInOnly()
  useShortcuts()
  return (
    <div className="flex h-full">
      <div
        // On a small screen it is all that there is, at times.
        role={isListOnly ? 'main' : undefined}
        className={classNames(
          'flex w-[312px] shrink-0 flex-col border-r border-line bg-side narrow:w-full narrow:border-0',
          !isHome && 'narrow:hidden',
        )}
      >
        {isListOnly && <ConnectionBanner />}
        <div className="flex min-h-0 flex-1">
          <Conversations currentId={conversationId ?? null} isPage={isListOnly} />
        </div>
      </div>
      <div
        className={classNames(
          'flex min-w-0 flex-1 flex-col',
          isHome && 'narrow:hidden',
          search.isScreen && 'not-wide:hidden',
        )}
      >
        {/* A conversation has it below its header. */}
        {!conversationId && !isListOnly && <ConnectionBanner />}
        <Suspense>
          <Outlet />
        </Suspense>
      </div>
      <Suspense>{search.isShown && <SearchPane />}</Suspense>
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'new-conversation' && <NewConversation />}
        {overlay === 'new-group' && <NewConversation isGroup />}
        {overlay === 'shortcuts' && <Shortcuts />}
      </Suspense>
      <Notifier conversationId={conversationId} />
      <Sounder />
      <Notices />
      <PageTitle conversationId={conversationId} />
      <TooltipLayer />
    </div>
  )
}

/** Signed out, here or from another device: back to the door. */
function useSignedInOnly() {
  const status = useSession((state) => state.status)
  const navigate = useNavigate()
  useEffect(() => {
    if (status === 'signed-out') void navigate({ to: '/sign-in' })
  }, [status, navigate])
}
