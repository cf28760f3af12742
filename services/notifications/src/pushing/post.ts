import { createHash } from 'node:crypto'
import type { DeliveryOutcome } from '@chatapp/protocol'
import {
  assertMayReach,
  ForbiddenAddress,
  guardedLookup,
  readRetryAfter,
} from '@chatapp/service-kit'
import { Agent, request } from 'undici'
import webPush from 'web-push'
import type { VapidKeys } from '../vapid-keys.ts'
import { LANE_WIDTH } from './lanes.ts'

/** For all of it; well below the time after which another process would try. */
const TIMEOUT_MS = 15_000
const ENCODING = 'aes128gcm'
/** Who is away for longer finds the messages themselves. */
const TTL_SECONDS = 86_400

export interface Post {
  endpoint: string
  p256dh: string
  auth: string
  /** What it is about: a later one takes the place of an undelivered one. */
  subject: string
  urgency: 'high' | 'normal' | 'low'
  text: string
}

export interface Posted {
  outcome: DeliveryOutcome
  status: number | null
  /** How long the push service asked us to wait. */
  retryAfterMs?: number | undefined
}

export interface Postman extends AsyncDisposable {
  /** Never throws. */
  post(post: Post): Promise<Posted>
}

interface PostmanOptions {
  keys: VapidKeys
  /** Where push services find out whose messages these are. */
  contact: string
  allowPrivateAddresses: boolean
  now: () => number
}

/** Hands push messages over as RFC 8030 says; throws when the keys are none. */
export function createPostman(options: PostmanOptions): Postman {
  const { allowPrivateAddresses, now } = options
  const authorize = authorizer(options)
  authorize('https://push.invalid')
  const dispatcher = new Agent({
    connections: LANE_WIDTH,
    connect: { lookup: guardedLookup(allowPrivateAddresses), timeout: TIMEOUT_MS },
  })
  async function hand({ endpoint, text, ...post }: Post): Promise<Posted> {
    const url = new URL(endpoint)
    assertMayReach(url, allowPrivateAddresses)
    const sealed = seal(text, post)
    if (!sealed) return { outcome: 'gone', status: null }
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      method: 'POST',
      headers: {
        authorization: authorize(url.origin),
        'content-encoding': ENCODING,
        'content-type': 'application/octet-stream',
        ttl: `${TTL_SECONDS}`,
        urgency: post.urgency,
        topic: topicOf(post.subject),
      },
      body: sealed,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await body.dump()
    return judge(statusCode, readRetryAfter(headers['retry-after'], now()))
  }
  return {
    post: (post) =>
      hand(post).catch((error) => ({
        outcome: isForbidden(error) ? 'forbidden-address' : 'failed',
        status: null,
      })),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}

/** Signed anew each time: it takes less than a tenth of a millisecond. */
const authorizer =
  ({ keys: { publicKey, privateKey }, contact }: PostmanOptions) =>
  (origin: string) =>
    webPush.getVapidHeaders(origin, contact, publicKey, privateKey, ENCODING).Authorization

/** A key that is none will never be one: the same as a subscription that is gone. */
function seal(text: string, { p256dh, auth }: Pick<Post, 'p256dh' | 'auth'>): Buffer | undefined {
  try {
    return webPush.encrypt(p256dh, auth, text, ENCODING).cipherText
  } catch {
    return undefined
  }
}

const isForbidden = (error: unknown) =>
  error instanceof ForbiddenAddress ||
  (error instanceof Error && error.cause instanceof ForbiddenAddress)

function judge(status: number, retryAfterMs: number | undefined): Posted {
  if (status >= 200 && status < 300) return { outcome: 'sent', status }
  if (status === 404 || status === 410) return { outcome: 'gone', status }
  if (status === 429 || status >= 500) return { outcome: 'failed', status, retryAfterMs }
  return { outcome: 'refused', status }
}

/** At most 32 characters. */
const topicOf = (subject: string) =>
  createHash('sha256').update(subject).digest('base64url').slice(0, 32)
