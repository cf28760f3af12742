import type { WorkerCall } from '../lib/notifications/worker-call.ts'
import { worker } from './worker.ts'

const findPages = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

export const hasPages = async () => (await findPages()).length > 0

/** Pushed in the moment in which it was opened. */
export async function isInFront(conversationId: string): Promise<boolean> {
  const pages = await findPages()
  return pages.some(({ focused, url }) => focused && new URL(url).pathname.includes(conversationId))
}

/** In a page that is open, without loading it again; else in a new one. */
export async function open(call: WorkerCall): Promise<void> {
  const page = pick(await findPages())
  if (page) {
    page.postMessage(call)
    // Not every browser lets a worker do so; the page goes there in any case.
    await page.focus().catch(() => {})
  } else {
    const opened = await worker.clients.openWindow(pathOf(call))
    if ('draft' in call) opened?.postMessage(call)
  }
}

const pathOf = (call: WorkerCall) =>
  call.type === 'list' ? '/' : `/c/${call.conversationId}/${call.position}`

function pick(pages: readonly WindowClient[]): WindowClient | undefined {
  return (
    pages.find(({ focused }) => focused) ??
    pages.find(({ visibilityState }) => visibilityState === 'visible') ??
    pages[0]
  )
}
