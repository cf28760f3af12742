import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryOutcome } from '@chatapp/protocol'
import { createBatcher, type Outcome } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import type { Due, Ended } from './due.ts'
import { Lanes } from './lanes.ts'
import type { Posted } from './post.ts'
import { cappedPolicy, payloadOf } from './present.ts'
import { recordEnded, takeDue } from './queue.ts'

const LOOK_EVERY_MS = 200
const UNDER_WAY_MAX = 256
const BACK_OFF_MS = 1_000
const BACK_OFF_MAX_MS = 15 * 60_000
/** Which takes about a day: so long a push service may be away. */
const TRIES_MAX = 120
/** What a push service asks for beyond this is a no. */
const WAIT_MAX_MS = 24 * 3_600_000

export interface Pusher {
  /** Looks for work now. */
  wake(): void
  /** Until the signal; resolves when nothing is under way any more. */
  run(signal: AbortSignal): Promise<void>
}

/** Hands over what waits, many at a time; what a crash leaves, another takes after the lease. */
export function createPusher(context: Context): Pusher {
  const underWay = new Set<Promise<void>>()
  const lanes = new Lanes()
  let awake = Promise.withResolvers<void>()
  const records = createBatcher<Ended, void>({
    maxBatch: UNDER_WAY_MAX,
    maxWaiting: UNDER_WAY_MAX * 2,
    run: (ended) => record(context, ended),
  })
  const begin = (due: Due) => {
    lanes.begin(due.origin)
    const work = deliver(context, due)
      .then((ended) => {
        lanes.end(due.origin, isSilent(ended) ? 'silent' : 'answered')
        return records.add(ended)
      })
      .catch((error) => context.log.warn({ err: error }, 'a push was not written down'))
      .finally(() => {
        underWay.delete(work)
        awake.resolve()
      })
    underWay.add(work)
  }
  async function round(): Promise<number> {
    const limit = UNDER_WAY_MAX - underWay.size
    if (limit === 0) return 0
    const room = {
      ...{ limit, lanes: lanes.free(), now: context.now() },
      hasSummaries: context.catchingUp.isOver(),
    }
    const due = await takeDue(context.sql, room)
    for (const one of due) begin(one)
    return due.length
  }
  return {
    wake: () => awake.resolve(),
    async run(signal) {
      while (!signal.aborted) {
        awake = Promise.withResolvers()
        const begun = await round().catch((error) => {
          context.log.warn({ err: error }, 'the queue of push messages was not read')
          return 0
        })
        if (begun > 0 && underWay.size < UNDER_WAY_MAX) continue
        const rest = sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
        await Promise.race([rest, awake.promise])
      }
      await Promise.all(underWay)
    },
  }
}

async function deliver({ postman, config, now, meters }: Context, due: Due): Promise<Ended> {
  const policy = cappedPolicy(due.payload ?? 'full', config.payloadMax)
  const posted = await postman.post({
    ...due,
    subject: due.conversation_id,
    text: JSON.stringify(payloadOf(due, policy)),
  })
  const { retryAfterMs } = posted
  const againAt = nextTry(due, posted, now())
  const isOver = posted.outcome === 'failed' && againAt === null
  const outcome: DeliveryOutcome = isOver ? 'given-up' : posted.outcome
  meters.pushed(outcome)
  const waitUntil = retryAfterMs ? now() + Math.min(retryAfterMs, WAIT_MAX_MS) : null
  return { due, outcome, status: posted.status, againAt, waitUntil }
}

const isSilent = ({ outcome, status }: Ended) => outcome === 'failed' && status === null

/** Twice as long each time, and not all at the same moment. */
function nextTry({ tries }: Due, { outcome, retryAfterMs = 0 }: Posted, now: number) {
  if (outcome !== 'failed' || tries >= TRIES_MAX || retryAfterMs > WAIT_MAX_MS) return null
  const wait = Math.min(BACK_OFF_MS * 2 ** (tries - 1), BACK_OFF_MAX_MS)
  return now + Math.max(retryAfterMs, wait * (0.5 + Math.random() / 2))
}

async function record({ sql, now }: Context, ended: Ended[]): Promise<Outcome<void>[]> {
  await recordEnded(sql, ended, now())
  return ended.map(() => ({ ok: true, value: undefined }))
}
