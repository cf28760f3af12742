import type { PushMessage } from '@chatapp/protocol'
import type { Page, Worker } from 'playwright-core'
import { expect } from 'vitest'

/** A browser under load may lose one: deliveries may come twice, so it comes again. */
const DELIVERIES = 3
const DELIVERY_MS = 8_000

interface Notified {
  title: string
  body: string
}

/** The service worker of a page's browser, as its push service and its notifications reach it. */
export interface PushedWorker {
  /** As from the push service of the browser's maker; then that is shown. */
  deliver(message: PushMessage, expected: object): Promise<void>
  /** What is shown of conversations, by their id. */
  shown(): Promise<Record<string, Notified>>
  /** What the icon of the app has been told to count since it was first asked; the last of it. */
  counted(): Promise<number | null>
  click(conversationId: string, answer?: { action: string; reply: string | null }): Promise<void>
}

export async function pushedWorkerOf(page: Page): Promise<PushedWorker> {
  const context = page.context()
  const origin = new URL(page.url()).origin
  await context.grantPermissions(['notifications'], { origin })
  const devtools = await context.newCDPSession(page)
  const found = Promise.withResolvers<string>()
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
    if (first) found.resolve(first.registrationId)
  })
  await devtools.send('ServiceWorker.enable')
  const registrationId = await found.promise
  await expect.poll(() => context.serviceWorkers().length).toBe(1)
  // There is one, as we have just seen.
  const worker = context.serviceWorkers()[0] as Worker
  const shown = () => worker.evaluate(findShown)
  return {
    shown,
    async deliver(message, expected) {
      const data = JSON.stringify(message)
      for (let left = DELIVERIES; ; left -= 1) {
        await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
        try {
          return await expect.poll(shown, { timeout: DELIVERY_MS }).toEqual(expected)
        } catch (error) {
          if (left === 1) throw error
        }
      }
    },
    counted: () => worker.evaluate(findCounted),
    click: (tag, answer = { action: '', reply: null }) =>
      worker.evaluate(click, { tag, ...answer }),
  }
}

/** In the worker. */
async function findShown(): Promise<Record<string, Notified>> {
  // A worker's global is unknown to TypeScript here.
  const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration }
  const all = await registration.getNotifications()
  return Object.fromEntries(all.map(({ tag, title, body }) => [tag, { title, body }]))
}

/** In the worker: its system has an icon that only notes what it is told. */
function findCounted(): number | null {
  const noting = globalThis as { counted?: number }
  const setAppBadge = async (count: number) => {
    noting.counted = count
  }
  Object.defineProperty(navigator, 'setAppBadge', { value: setAppBadge, configurable: true })
  return noting.counted ?? null
}

interface Click {
  tag: string
  action: string
  reply: string | null
}

/** In the worker: as when somebody clicks at it on the screen. */
async function click({ tag, action, reply }: Click): Promise<void> {
  // A worker's global, and what browsers know of notifications, are unknown to TypeScript here.
  const worker = globalThis as unknown as EventTarget & {
    registration: ServiceWorkerRegistration
    NotificationEvent: new (type: string, init: object) => Event
  }
  const [notification] = await worker.registration.getNotifications({ tag })
  const event = new worker.NotificationEvent('notificationclick', { notification, action, reply })
  worker.dispatchEvent(event)
}
