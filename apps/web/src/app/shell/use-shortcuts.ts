import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { queryWithin } from '../../features/search/quoted.ts'
import { selectConversationIds } from '../../lib/chat/select.ts'
import { chat } from '../../lib/chat/store.ts'
import { openOverlay } from '../../lib/shell/shell.ts'
import { useSearchPane } from '../../lib/shell/use-search-pane.ts'

/**
 * Ctrl/Cmd-K opens the palette, Ctrl/Cmd-F the search, Alt-↑ and Alt-↓ go through the list, ? says what
 * else there is.
 */
export function useShortcuts() {
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  const { open } = useSearchPane()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isCommand = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (isCommand && key === 'k') {
        event.preventDefault()
        openOverlay('palette')
      }
      if (isCommand && key === 'f') search(event, conversationId, open)
      if (event.key === '?' && !isWriting(event.target)) openOverlay('shortcuts')
      if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault()
        const next = neighbour(conversationId, event.key === 'ArrowUp' ? -1 : 1)
        if (next) void navigate({ to: '/c/$conversationId', params: { conversationId: next } })
      }
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [navigate, conversationId, open])
}

type Open = ReturnType<typeof useSearchPane>['open']

/** With Shift everywhere, else here; pressed once more in the search, it is the browser's own. */
function search(event: KeyboardEvent, conversationId: string | undefined, open: Open): void {
  const isIn = (place: string) => event.target instanceof Element && event.target.closest(place)
  if (isIn('[role=dialog]')) return
  if (event.shiftKey) open()
  else if (!conversationId || isIn('search')) return
  else open({ query: queryWithin(conversationId), sort: 'newest' })
  event.preventDefault()
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [role=dialog]') !== null
}

function neighbour(id: string | undefined, step: number): string | undefined {
  const ids = selectConversationIds(chat.getState())
  const index = id === undefined ? -1 : ids.indexOf(id)
  return index < 0 ? ids[0] : ids[index + step]
}
