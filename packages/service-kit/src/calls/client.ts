import { type CallsOf, callOutcomesSchema } from '@chatapp/protocol'
import type { Outcome } from '../batcher.ts'
import { createId } from '../ids.ts'
import { scopeHeaders } from '../request-scope.ts'
import { Refused } from './failures.ts'
import { fromOutcome } from './outcome.ts'
import type { CallAnswer, Targets } from './targets.ts'

type Arguments<F> = F extends (...args: infer Args) => unknown ? Args : never
type Answer<F> = F extends (...args: never[]) => Promise<infer T> ? T : never

export interface CallOptions<Api> {
  calls: CallsOf<Api>
  targets: Targets
  serviceToken: string
  /** Other arguments from the second try on, where the first may have been stored. */
  again?: { [K in keyof Api]?: (...args: Arguments<Api[K]>) => Arguments<Api[K]> }
}

/** Another service by HTTP, as if it were here. */
export interface Caller<Api> {
  /** Several calls of one kind in one request: one outcome for each, in the same order. */
  callMany<K extends keyof Api & string>(
    name: K,
    items: Arguments<Api[K]>[],
    preferred?: number,
  ): Promise<Outcome<Answer<Api[K]>>[]>
  /** Every call by itself. */
  api: Api
}

export function createCaller<Api>(options: CallOptions<Api>): Caller<Api> {
  const { calls, targets, serviceToken } = options
  const authorization = `Bearer ${serviceToken}`
  const callMany: Caller<Api>['callMany'] = async (name, items, preferred) => {
    const parse = (value: unknown) => calls[name].answer.parse(value)
    const request = {
      method: 'POST' as const,
      path: `/internal/${targets.service}/${name}`,
      headers: {
        authorization,
        'content-type': 'application/json',
        'x-request-id': createId(),
        ...scopeHeaders(),
      },
      body: JSON.stringify({ items }),
    }
    const change = options.again?.[name]
    const outcomes = await targets.exchange({
      repeat: 'safe',
      preferred,
      read: (answer) => readOutcomes(targets.service, answer),
      request,
      again:
        change &&
        (() => ({
          ...request,
          body: JSON.stringify({ items: items.map((args) => change(...args)) }),
        })),
    })
    // The schema of a call and its type are the same by `CallsOf`, which the compiler can't follow.
    return items.map((_, i) => fromOutcome(outcomes[i], parse)) as Outcome<
      Answer<Api[typeof name]>
    >[]
  }
  async function callOne(name: keyof Api & string, args: unknown[]): Promise<unknown> {
    const [outcome] = await callMany(name, [args as Arguments<Api[typeof name]>])
    if (outcome?.ok) return outcome.value
    throw outcome?.error
  }
  const names = Object.keys(calls) as (keyof Api & string)[]
  const functions = names.map((name) => [name, (...args: unknown[]) => callOne(name, args)])
  return { callMany, api: Object.fromEntries(functions) as Api }
}

async function readOutcomes(service: string, { statusCode, body }: CallAnswer) {
  const text = await body.text()
  if (statusCode === 200) return callOutcomesSchema.parse(JSON.parse(text)).outcomes
  const hint = statusCode === 401 ? '; SERVICE_TOKEN must be the same for all of them' : ''
  const sentence = `the service ${service} answered ${statusCode}${hint}: ${text.slice(0, 200)}`
  throw statusCode < 500 ? new Refused(sentence) : new Error(sentence)
}
