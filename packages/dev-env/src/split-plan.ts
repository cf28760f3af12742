import { type Part, parts } from '@chatapp/app'
import { freePort } from './free-port.ts'

export interface Plan {
  /** For all of them. */
  env: Record<string, string>
  urls: Record<Part, string[]>
  processes: { part: Part; env: Record<string, string> }[]
}

/** Two processes of each: they share nothing but the database and Redis. */
export async function planSplit(redisUrl: string): Promise<Plan> {
  const urls: Plan['urls'] = { gateway: [], users: [], messages: [], notifications: [] }
  const processes: Plan['processes'] = []
  for (const part of parts.toReversed()) {
    for (let i = 0; i < 2; i++) {
      const port = await freePort()
      urls[part].push(`http://127.0.0.1:${port}`)
      processes.push({ part, env: { PORT: `${port}` } })
    }
  }
  const env = {
    REDIS_URL: redisUrl,
    SERVICE_TOKEN: 'the-token-of-the-services-in-tests',
    USERS_URL: urls.users.join(),
    MESSAGES_URL: urls.messages.join(),
    NOTIFICATIONS_URL: urls.notifications.join(),
  }
  return { env, urls, processes }
}
