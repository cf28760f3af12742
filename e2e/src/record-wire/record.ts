import { startCluster } from '@chatapp/dev-env'
import type {
  Frame,
  Json,
  JsonObject,
  Recording,
  RestStep,
  SocketStep,
  Step,
} from '../recording/recording.ts'
import type { Code } from './code.ts'
import { normalise } from './normalise.ts'
import { playScene } from './scene.ts'
import { type Answered, startTap, tapBus } from './taps.ts'

const INTERNAL = /^POST \/internal\/(\w+)\/(\w+)/

/** Plays the scene with the split product of that code: two gateways, with Alice at one, Bob at the other. */
export async function record(code: Code): Promise<Pick<Recording, 'steps'>> {
  const steps: Step[] = []
  await using taps = new AsyncDisposableStack()
  const inFrontOf = async (_service: string, url: string) => {
    const tap = await startTap(url, {
      asked: (call, body) => (answered) => steps.push(...callsIn(call, body, answered)),
    })
    return taps.use(tap).url
  }
  await using cluster = await startCluster({ services: 1, main: code.main, inFrontOf })
  await using _bus = await tapBus(cluster.redis.port, (topic, event) =>
    steps.push({ topic, event }),
  )
  const [first = '', second = ''] = cluster.urls
  const [alice, bob, carol] = [
    await startTap(first, listenTo('alice', steps)),
    await startTap(second, listenTo('bob', steps)),
    await startTap(first, listenTo('carol', steps)),
  ]
  for (const tap of [alice, bob, carol]) taps.use(tap)
  const urlOf = { alice: alice.url, bob: bob.url, carol: carol.url }
  await playScene({ code, urlOf, said: () => steps.length })
  return { steps: normalise(steps) }
}

/** Of what goes through a service only what another service asks: clients are heard themselves. */
function callsIn(call: string, body: Json, { answer }: Answered): Step[] {
  const [, service, name] = INTERNAL.exec(call) ?? []
  if (!service) return []
  const [items, outcomes] = [listIn(body, 'items'), listIn(answer, 'outcomes')]
  return outcomes.map((outcome, i) => ({
    asks: `${service}.${name}`,
    args: items[i] ?? null,
    outcome: outcome as JsonObject,
  }))
}

function listIn(value: Json, key: string): Json[] {
  const list = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return Array.isArray(list) ? list : []
}

function listenTo(by: string, steps: Step[]) {
  let lines = 0
  return {
    // Before what comes of it, which may be heard before the answer.
    asked(call: string, body: Json) {
      const step: RestStep = { by, call, body, status: 0, answer: null }
      steps.push(step)
      return (answered: Answered) => void Object.assign(step, answered)
    },
    socket(path: string) {
      const line = ++lines
      const hear = (what: SocketStep) => void steps.push(what)
      hear({ by, line, opened: path })
      return {
        sent: (frame: Frame) => hear({ by, line, sent: frame }),
        received: (frame: Frame) => hear({ by, line, received: frame }),
        closed: (code: number) => hear({ by, line, closed: code }),
      }
    },
  }
}
