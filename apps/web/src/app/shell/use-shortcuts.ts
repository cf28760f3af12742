import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { selectConversationIds } from '../../lib/chat/select.ts'
import { chat } from '../../lib/chat/store.ts'
import { openOverlay } from '../../lib/shell/shell.ts'

/** Ctrl/Cmd-K opens the palette, Alt-↑ and Alt-↓ go through the list, ? says what else there is. */
export function useShortcuts() {
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openOverlay('palette')
      }
      if (event.key === '?' && !isWriting(event.target)) openOverlay('shortcuts')
      if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault()
        const next = neighbour(conversationId, event.key === 'ArrowUp' ? -1 : 1)
        if (next) void navigate({ to: '/c/$conversationId', params: { conversationId: next } })
      }
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [navigate, conversationId])
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [role=dialog]') !== null
}

function neighbour(id: string | undefined, step: number): string | undefined {
  const ids = selectConversationIds(chat.getState())
  const index = id === undefined ? -1 : ids.indexOf(id)
  return index < 0 ? ids[0] : ids[index + step]
}
