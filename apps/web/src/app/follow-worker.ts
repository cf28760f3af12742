import { draftText, setDraftText } from '../lib/chat/actions.ts'
import type { OpenCall, WorkerCall } from '../lib/notifications/worker-call.ts'
import { startSession, useSession } from '../lib/session/session.ts'
import { router } from './router.tsx'

/** Goes where a notification leads. From the first moment on: a page opened for it is told at once. */
export function followWorker(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<WorkerCall>) => {
    // Of a later version of the worker we may not know all calls.
    if (data.type === 'open') void open(data)
    if (data.type === 'list') void router.navigate({ to: '/' })
  })
}

async function open({ conversationId, position, draft }: OpenCall): Promise<void> {
  await startSession()
  if (useSession.getState().status === 'signed-in' && draft !== undefined) {
    setDraftText(conversationId, [draftText(conversationId), draft].filter(Boolean).join('\n'))
  }
  const params = { conversationId, position: String(position) }
  await router.navigate({ to: '/c/$conversationId/$position', params })
}
