import {
  type CallOutcome,
  type CallsOf,
  ChatError,
  callBatchSchema,
  parseInput,
} from '@chatapp/protocol'
import type { HttpServer } from '../http/server.ts'
import type { Logger } from '../logger.ts'
import { scopeOf } from '../request-scope.ts'
import { answerIn } from '../tracing.ts'
import { toFailedOutcome } from './outcome.ts'
import { createTokenCheck } from './service-token.ts'

/** A batch of the longest messages, as JSON. */
const BATCH_MAX_BYTES = 32 * 1024 * 1024

interface ServedCalls<Api> {
  service: string
  calls: CallsOf<Api>
  api: Api
  serviceToken: string
  log: Logger
}

/** Answers what other services ask, to those who know the service token. */
export function serveCalls<Api>(app: HttpServer, served: ServedCalls<Api>): void {
  const isRight = createTokenCheck(served.serviceToken)
  for (const name of Object.keys(served.calls) as (keyof Api & string)[]) {
    app.route({
      method: 'POST',
      url: `/internal/${served.service}/${name}`,
      bodyLimit: BATCH_MAX_BYTES,
      onRequest: async ({ headers }) => {
        if (!isRight(/^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]))
          throw new ChatError('unauthenticated', 'This path is for the services of ChatApp.')
      },
      handler: (request) => {
        const { items } = parseInput(callBatchSchema, request.body)
        const scope = scopeOf(request, `${served.service}.${name}`)
        // Begun in order and without waiting: sends are numbered as they stand here.
        const begin = () => Promise.all(items.map((item) => answer(served, name, item)))
        return answerIn(scope, scope.route, begin).then((outcomes) => ({ outcomes }))
      },
    })
  }
}

async function answer<Api>(
  { calls, api, log }: ServedCalls<Api>,
  name: keyof Api & string,
  item: unknown,
): Promise<CallOutcome> {
  try {
    const args = parseInput(calls[name].args, item)
    // By `CallsOf` they are this function's arguments.
    const call = api[name] as (...args: unknown[]) => Promise<unknown>
    return { ok: true, value: await call(...(args as unknown[])) }
  } catch (error) {
    const outcome = toFailedOutcome(error)
    if (!outcome.ok && outcome.error.code === 'internal')
      log.error({ err: error, call: name }, 'a call failed')
    return outcome
  }
}
