import type { NotificationPreferences } from '@chatapp/protocol'
import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'
import { type MailConfig, readMailConfig } from './mail-config.ts'
import { fromPrivateKey, type VapidKeys } from './vapid-keys.ts'

const variables = z.object({
  ALLOW_PRIVATE_ADDRESSES: onOff('off'),
  PUBLIC_URL: z.string().optional(),
  PUSH_PAYLOAD_MAX: z
    .enum(['full', 'sender', 'none'], 'must be full, sender or none')
    .default('full'),
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

/** Some push services refuse messages that name nobody, or this very machine. */
const NOBODY = 'https://chatapp.invalid'

export interface NotificationsConfig {
  /** Undefined: no mail is sent. */
  mail?: MailConfig | undefined
  /** Whether a push endpoint may be on loopback or a private network, and then without TLS. */
  allowPrivateAddresses: boolean
  /** The most that a push message may tell, whatever its receiver has chosen. */
  payloadMax: NotificationPreferences['payload']
  /** Where push services find out whose messages these are, an https URL. */
  contact: string
  /** Unset: the pair in the database. */
  vapidKeys?: VapidKeys | undefined
}

export function readNotificationsConfig(env: Environment): NotificationsConfig {
  const given = readEnvironment(variables, env)
  return {
    mail: readMailConfig(env),
    allowPrivateAddresses: given.ALLOW_PRIVATE_ADDRESSES,
    payloadMax: given.PUSH_PAYLOAD_MAX,
    contact: toContact(given.PUBLIC_URL),
    vapidKeys: given.VAPID_PRIVATE_KEY,
  }
}

function toContact(publicUrl = NOBODY): string {
  const isPublic = /^https:\/\/(?!localhost\b)/.test(publicUrl)
  return isPublic ? publicUrl : NOBODY
}
