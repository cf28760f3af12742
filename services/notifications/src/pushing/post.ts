import { createHash } from 'node:crypto'
import type { DeliveryOutcome } from '@chatapp/protocol'
import { Agent, request } from 'undici'
import { assertMayReach, ForbiddenAddress, guardedLookup } from './addresses.ts'
import { encrypt } from './encrypt.ts'

/** So many at once to one push service: the rest waits its turn. */
const CONNECTIONS_A_SERVICE = 16
const TIMEOUT_MS = 10_000
/** Who is away for longer finds the messages themselves. */
const TTL_SECONDS = 86_400

export interface Post {
  endpoint: string
  p256dh: string
  auth: string
  conversationId: string
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
  authorize: (origin: string) => string
  allowPrivateAddresses: boolean
  now: () => number
}

/** Hands push messages over as RFC 8030 says. */
export function createPostman({ authorize, allowPrivateAddresses, now }: PostmanOptions): Postman {
  const dispatcher = new Agent({
    connections: CONNECTIONS_A_SERVICE,
    connect: { lookup: guardedLookup(allowPrivateAddresses), timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
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
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: `${TTL_SECONDS}`,
        urgency: post.urgency,
        topic: topicOf(post.conversationId),
      },
      body: sealed,
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

/** A key that is none will never be one: the same as a subscription that is gone. */
function seal(text: string, keys: Pick<Post, 'p256dh' | 'auth'>): Buffer | undefined {
  try {
    return encrypt(text, keys)
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

/** Seconds, or a date. */
function readRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return wait > 0 ? wait : undefined
}

/** At most 32 characters; a later message takes the place of an undelivered one. */
const topicOf = (conversationId: string) =>
  createHash('sha256').update(conversationId).digest('base64url').slice(0, 32)
