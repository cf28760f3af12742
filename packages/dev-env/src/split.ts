import { type AllInOne, type Part, readPartConfig, startPart } from '@chatapp/app'
import { logInto, type Place, quietly, targetsOf } from './place.ts'
import { startRedis } from './redis.ts'
import { planSplit } from './split-plan.ts'

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
