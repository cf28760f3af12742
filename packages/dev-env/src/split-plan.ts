import { randomBytes } from 'node:crypto'
import { type Part, parts } from '@chatapp/app'
import { freePort } from './free-port.ts'

export interface SplitSize {
  gateways: number
  /** Of each service. */
  services: number
}

export interface Plan {
  /** For all of them. */
  env: Record<string, string>
  urls: Record<Part, string[]>
  processes: { part: Part; env: Record<string, string> }[]
  serviceToken: string
}

const TWO_OF_EACH: SplitSize = { gateways: 2, services: 2 }

/** By default two processes of each: they share nothing but the database and Redis. */
export async function planSplit(redisUrl: string, size = TWO_OF_EACH): Promise<Plan> {
  const urls: Plan['urls'] = { gateway: [], users: [], messages: [], notifications: [] }
  const processes: Plan['processes'] = []
  for (const part of parts.toReversed()) {
    const count = part === 'gateway' ? size.gateways : size.services
    for (let i = 0; i < count; i++) {
      const port = await freePort()
      urls[part].push(`http://127.0.0.1:${port}`)
      processes.push({ part, env: { PORT: `${port}` } })
    }
  }
  const serviceToken = randomBytes(24).toString('base64url')
  const env = {
    REDIS_URL: redisUrl,
    SERVICE_TOKEN: serviceToken,
    USERS_URL: urls.users.join(),
    MESSAGES_URL: urls.messages.join(),
    NOTIFICATIONS_URL: urls.notifications.join(),
  }
  return { env, urls, processes, serviceToken }
}
