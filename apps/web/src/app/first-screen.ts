import { openConversation } from '../lib/chat/history.ts'
import { chat } from '../lib/chat/store.ts'

const CONVERSATION = /^\/c\/([^/]+)(?:\/(\d+))?\/?$/

/**
 * What the first screen shows is fetched beside what tells that it may be shown, instead of after
 * it: the code while the session is resumed, the messages while the list is drawn.
 */
export function prepareFirstScreen(): void {
  const { pathname } = location
  if (/^\/(sign-in|register)/.test(pathname)) return
  const [, id, position] = CONVERSATION.exec(pathname) ?? []
  const parts = [import('./shell/Shell.tsx')]
  // What fails is asked for once more where it is shown.
  void Promise.allSettled(id ? [...parts, import('./shell/ConversationScreen.tsx')] : parts)
  if (id) openOnceKnown(id, position === undefined ? undefined : Number(position))
}

function openOnceKnown(id: string, position: number | undefined): void {
  const stop = chat.subscribe(({ conversations, loaded }) => {
    if (loaded === 'nothing' && !conversations[id]) return
    stop()
    openConversation(id, position)
  })
}
