import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { routes } from '@chatapp/protocol'

/** What a link in a digest holds: whose digests it ends, signed, and good for nothing else. */
export interface Unsubscribing {
  urlFor(userId: string, publicUrl: string): string
  /** Undefined when it was not made by us. */
  userOf(token: string): string | undefined
}

const PURPOSE = 'unsubscribe from digests'

/** Its key follows from the one that all processes share, so it needs no keeping of its own. */
export function createUnsubscribing(privateKey: string): Unsubscribing {
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(privateKey, 'base64url'), '', `chatapp ${PURPOSE}`, 32),
  )
  const sign = (id: Buffer) => createHmac('sha256', key).update(PURPOSE).update(id).digest()
  return {
    urlFor(userId, publicUrl) {
      const id = Buffer.from(userId.replaceAll('-', ''), 'hex')
      const token = `${id.toString('base64url')}.${sign(id).toString('base64url')}`
      return `${publicUrl}${routes.unsubscribeFromDigest.path.replace('{token}', token)}`
    },
    userOf(token) {
      const [, id = '', signature = ''] = /^([\w-]{22})\.([\w-]{43})$/.exec(token) ?? []
      const bytes = Buffer.from(id, 'base64url')
      const isOurs =
        signature !== '' && timingSafeEqual(sign(bytes), Buffer.from(signature, 'base64url'))
      return isOurs ? toUserId(bytes.toString('hex')) : undefined
    },
  }
}

const toUserId = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
