import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'
import { fromPrivateKey, type VapidKeys } from './vapid-keys.ts'

const variables = z.object({
  ALLOW_PRIVATE_ADDRESSES: onOff('off'),
  VAPID_PRIVATE_KEY: z
    .string()
    .transform((text, context) => {
      try {
        return fromPrivateKey(text)
      } catch {
        context.addIssue('must be a private key of the curve P-256, 32 bytes in base64url')
        return z.NEVER
      }
    })
    .optional(),
})

export interface NotificationsConfig {
  /** Whether a push endpoint may be on loopback or a private network, and then without TLS. */
  allowPrivateAddresses: boolean
  /** Unset: the pair in the database. */
  vapidKeys?: VapidKeys | undefined
}

export function readNotificationsConfig(env: Environment): NotificationsConfig {
  const given = readEnvironment(variables, env)
  return {
    allowPrivateAddresses: given.ALLOW_PRIVATE_ADDRESSES,
    vapidKeys: given.VAPID_PRIVATE_KEY,
  }
}
