import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'

const variables = z.object({ ALLOW_PRIVATE_ADDRESSES: onOff('off') })

export interface NotificationsConfig {
  /** Whether a push endpoint may be on loopback or a private network, and then without TLS. */
  allowPrivateAddresses: boolean
}

export function readNotificationsConfig(env: Environment): NotificationsConfig {
  return { allowPrivateAddresses: readEnvironment(variables, env).ALLOW_PRIVATE_ADDRESSES }
}
