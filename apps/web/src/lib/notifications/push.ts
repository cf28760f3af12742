import { client } from '../session/client.ts'

/** How it stands with push messages on this device. */
export type Push =
  | { kind: 'off' }
  | { kind: 'on'; subscriptionId: string }
  /** `insecure`: browsers have push, and service workers, only with TLS. */
  | { kind: 'impossible'; why: 'insecure' | 'unsupported' }
  | { kind: 'failed'; why: 'push-service' | 'server' }

/** Some browsers wait without end for a push service that their network does not let them reach. */
const PATIENCE_MS = 20_000

/** What the push service said to the server. */
export type PushTest = Awaited<ReturnType<typeof testPush>>

/** Sends a real push message to this device. @throws {ChatError | NetworkError} */
export function testPush(subscriptionId: string) {
  return client.notifications.test(subscriptionId)
}

/** Of the localStorage: the subscription's id while it is on. */
export const PUSH = 'chatapp.push'

/** As this browser, in whichever tab, has left it. */
export function rememberedPush(): Push {
  const subscriptionId = localStorage.getItem(PUSH)
  return subscriptionId === null ? { kind: 'off' } : { kind: 'on', subscriptionId }
}

/** Subscribes, or makes sure that the server knows. The same again changes nothing. */
export async function startPush(): Promise<Push> {
  const push = await trySubscribing()
  // Not in reach, the server goes on as it was.
  if (push.kind === 'failed' && push.why === 'server' && rememberedPush().kind === 'on')
    return rememberedPush()
  if (push.kind === 'on') localStorage.setItem(PUSH, push.subscriptionId)
  else localStorage.removeItem(PUSH)
  return push
}

/** Ends it in this browser first: what the server should not hear now, the push service tells it. */
export async function stopPush(): Promise<void> {
  const subscriptionId = localStorage.getItem(PUSH)
  await forgetPush()
  if (subscriptionId !== null) await client.notifications.unsubscribe(subscriptionId)
}

/** Nothing of whoever was signed in here is shown any more. */
export async function forgetPush(): Promise<void> {
  localStorage.removeItem(PUSH)
  const registration = await findRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  await subscription?.unsubscribe()
  for (const notification of (await registration?.getNotifications()) ?? []) notification.close()
}

/** Undefined without TLS, and where nothing is built. */
export async function findRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined
}

async function trySubscribing(): Promise<Push> {
  const registration = await findRegistration()
  if (!registration?.pushManager)
    return { kind: 'impossible', why: isSecureContext ? 'unsupported' : 'insecure' }
  try {
    const key = await client.notifications.vapidPublicKey()
    const subscription = await subscribe(registration.pushManager, key)
    return { kind: 'on', subscriptionId: await tellServer(subscription) }
  } catch (error) {
    // Only the browser speaks in DOM exceptions.
    return { kind: 'failed', why: error instanceof DOMException ? 'push-service' : 'server' }
  }
}

/** One with an earlier key of the server is worth nothing. */
async function subscribe(manager: PushManager, key: string): Promise<PushSubscription> {
  const known = await manager.getSubscription()
  if (known && toBase64url(known.options.applicationServerKey) !== key) await known.unsubscribe()
  const patience = AbortSignal.timeout(PATIENCE_MS)
  return Promise.race([
    manager.subscribe({ userVisibleOnly: true, applicationServerKey: key }),
    new Promise<never>((_, reject) => {
      patience.addEventListener('abort', () => reject(patience.reason))
    }),
  ])
}

function toBase64url(bytes: ArrayBuffer | null): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer())))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

async function tellServer(subscription: PushSubscription): Promise<string> {
  const { keys } = subscription.toJSON()
  const { p256dh = '', auth = '' } = keys ?? {}
  const { endpoint } = subscription
  const { id } = await client.notifications.subscribe({ endpoint, keys: { p256dh, auth } })
  return id
}
