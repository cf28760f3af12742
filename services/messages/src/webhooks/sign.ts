import { createHmac } from 'node:crypto'

interface Signed {
  secret: string
  id: string
  /** Unix milliseconds. */
  now: number
  body: string
}

/** The headers of Standard Webhooks: the receiver checks that we sent it, all of it, and lately. */
export function signatureOf({ secret, id, now, body }: Signed): Record<string, string> {
  const timestamp = `${Math.floor(now / 1000)}`
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
