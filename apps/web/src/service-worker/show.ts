import type { PushMessage } from '@chatapp/protocol'
import { readDevice } from '../lib/storage/device.ts'
import { summaryTitleAndBody, titleAndBody, wordsIn } from './words.ts'
import { worker } from './worker.ts'

/** What a notification carries along. */
export type Shown = ShownConversation | ShownConversations

export interface ShownConversation {
  conversationId: string
  position: number
  count: number
  /** What one has answered, and could not be sent. */
  draft?: string
}

/** What is old, of several conversations. */
interface ShownConversations {
  count: number
}

// TypeScript does not know these yet; browsers leave out what they do not.
interface Options extends NotificationOptions {
  renotify?: boolean
  actions?: { action: string; type: 'button' | 'text'; title: string; placeholder?: string }[]
}

const ICON = '/icon-192.png'
export const SUMMARY_TAG = 'summary'

/** Deliveries may come twice, and fewer messages than before are no news: those make no sound. */
export async function showMessage(
  message: Extract<PushMessage, { type: 'message' }>,
): Promise<void> {
  const { conversationId, position, count } = message
  const { language, hasSound } = await readDevice()
  const words = wordsIn(language)
  const [before] = await worker.registration.getNotifications({ tag: conversationId })
  const told = before && shownBy(before)
  const isNews = (told && 'position' in told ? told.position : 0) < position
  const { title, body } = titleAndBody(message, words)
  const options: Options = {
    ...{ body, tag: conversationId, icon: ICON, renotify: isNews },
    silent: !(isNews && hasSound),
    data: { conversationId, position, count } satisfies ShownConversation,
    actions: [
      { action: 'reply', type: 'text', title: words.reply, placeholder: words.replyPlaceholder },
    ],
  }
  await worker.registration.showNotification(title, options)
}

/** Less than before is no news: some of it was read elsewhere. */
export async function showSummary(
  summary: Extract<PushMessage, { type: 'summary' }>,
): Promise<void> {
  const { count, only } = summary
  const { language, hasSound } = await readDevice()
  const [before] = await worker.registration.getNotifications({ tag: SUMMARY_TAG })
  const isNews = ((before && shownBy(before))?.count ?? 0) < count
  const { title, body } = summaryTitleAndBody(summary, wordsIn(language))
  const options: Options = {
    ...{ body, tag: SUMMARY_TAG, icon: ICON, renotify: isNews },
    silent: !(isNews && hasSound),
    data: { ...only, count } satisfies Shown,
  }
  await worker.registration.showNotification(title, options)
}

/** An answer that could not be sent is not lost: it waits in the notification. */
export async function showUnsent(shown: ShownConversation, draft: string): Promise<void> {
  const words = wordsIn((await readDevice()).language)
  const data: ShownConversation = { ...shown, draft }
  const options = { body: draft, tag: shown.conversationId, icon: ICON, data }
  await worker.registration.showNotification(words.replyFailed, options)
}

export async function showTest(): Promise<void> {
  const { language, hasSound } = await readDevice()
  const { testTitle, testBody } = wordsIn(language)
  const options: Options = { body: testBody, tag: 'test', renotify: true, icon: ICON }
  await worker.registration.showNotification(testTitle, { ...options, silent: !hasSound })
}

export async function close(conversationId: string): Promise<void> {
  const shown = await worker.registration.getNotifications({ tag: conversationId })
  for (const notification of shown) notification.close()
}

/** Only this worker shows notifications of ours; the one of a test has no data. */
export const shownBy = (notification: Notification) => notification.data as Shown | null
