import { type AllInOne, type Part, parts, readPartConfig, startPart } from '@chatapp/app'
import { freePort } from './free-port.ts'
import { logInto, type Place, quietly, targetsOf } from './place.ts'
import { startRedis } from './redis.ts'

/** Two processes of each, as it were: they share nothing but the database and Redis. */
const OF_EACH = 2

export interface Split extends AllInOne {
  /** Of all gateways. */
  urls: string[]
}

/** The services side by side in this process, each behind ports of its own. */
export async function startSplit(place: Place): Promise<Split> {
  const redis = await startRedis()
  const open: AsyncDisposable[] = []
  const close = async () => {
    // As an operator would: the gateways first, so that nobody is let down.
    for (const part of open.toReversed()) await part[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  }
  try {
    const plan = await planSplit(redis.url)
    const started = await Promise.allSettled(
      plan.processes.map(({ part, env }) => boot(part, place, { ...plan.env, ...env })),
    )
    for (const one of started) if (one.status === 'fulfilled') open.push(one.value)
    const failed = started.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    return {
      url: plan.urls.gateway[0] ?? '',
      urls: plan.urls.gateway,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

interface Plan {
  /** For all of them. */
  env: Record<string, string>
  urls: Record<Part, string[]>
  processes: { part: Part; env: Record<string, string> }[]
}

async function planSplit(redisUrl: string): Promise<Plan> {
  const urls: Plan['urls'] = { gateway: [], users: [], messages: [], notifications: [] }
  const processes: Plan['processes'] = []
  for (const part of parts.toReversed()) {
    for (let i = 0; i < OF_EACH; i++) {
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

function boot(part: Part, place: Place, env: Record<string, string>): Promise<AllInOne> {
  const { directory, database, log } = place
  const config = readPartConfig(part, {
    ...quietly(directory),
    // The test server is reached by a socket instead.
    DATABASE_URL: 'postgres://tests.invalid/chatapp',
    ...place.env,
    ...env,
  })
  return startPart(
    part,
    { ...config, databases: targetsOf(database) },
    { log: logInto(log, config) },
  )
}
