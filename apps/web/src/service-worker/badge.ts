import { readDevice } from '../lib/storage/device.ts'
import { hasPages } from './pages.ts'
import { shownBy } from './show.ts'
import { worker } from './worker.ts'

/**
 * The icon of the installed app counts the messages that notifications tell of, while no page is open:
 * a page knows better. `closed` is the conversation whose notification has just been taken away.
 */
export async function countOnIcon(closed?: string): Promise<void> {
  const { navigator } = worker
  if (!('setAppBadge' in navigator) || (await hasPages())) return
  const { hasBadge } = await readDevice()
  if (!hasBadge) return
  const shown = await worker.registration.getNotifications()
  const told = shown.filter(({ tag }) => tag !== closed).map(shownBy)
  const count = told.reduce((sum, one) => sum + (one?.count ?? 0), 0)
  // Some browsers have it for installed apps only.
  await navigator.setAppBadge(count).catch(() => {})
}
