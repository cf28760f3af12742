import type { SendCommand, Sent } from '@chatapp/protocol'
import {
  type Batcher,
  createBatcher,
  isConnectionLoss,
  isWorthRepeating,
  type Outcome,
  toStorageError,
} from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { messageFrame } from '../log/frames.ts'
import { publishFrames } from '../log/publish.ts'
import type { Draft } from './draft.ts'
import { prepare } from './prepare.ts'
import { type Stored, storeBatch } from './store-batch.ts'

/** Commits of up to so many messages: more gains nothing, and keeps the others waiting. */
const BATCH_MAX = 500
const WAITING_MAX = 20_000
const TRIES = 5

/** Sends that come while a batch commits make the next batch: one commit for all of them. */
export function createSender(context: Context): Batcher<SendCommand, Sent> {
  return createBatcher({
    maxBatch: BATCH_MAX,
    maxWaiting: WAITING_MAX,
    run: (commands) => sendBatch(context, commands),
  })
}

async function sendBatch(context: Context, commands: SendCommand[]): Promise<Outcome<Sent>[]> {
  const prepared = await prepare(context, commands)
  const drafts = prepared.flatMap((one) => (one.ok ? one.value : []))
  const outcomes = drafts.length > 0 ? await storeDrafts(context, drafts) : new Map()
  return prepared.map((one) => (one.ok ? (outcomes.get(one.value) ?? lost()) : one))
}

type Outcomes = Map<Draft, Outcome<Sent>>

async function storeDrafts(context: Context, drafts: Draft[]): Promise<Outcomes> {
  const stored = await tryToStore(context, drafts)
  if ('outcomes' in stored) {
    announce(context, stored)
    return new Map(drafts.map((draft, i) => [draft, stored.outcomes[i] ?? lost()]))
  }
  const { error } = stored
  context.log.error({ err: error, size: drafts.length }, 'a batch of messages was not stored')
  const byConversation = [...Map.groupBy(drafts, (draft) => draft.conversationId).values()]
  if (isConnectionLoss(error) || drafts.length === 1)
    return new Map(drafts.map((draft) => [draft, refused(error)]))
  // One conversation may be locked, or one message be what the database refuses: the others go on.
  return storeApart(
    context,
    byConversation.length > 1 ? byConversation : drafts.map((draft) => [draft]),
  )
}

async function storeApart(context: Context, parts: Draft[][]): Promise<Outcomes> {
  const outcomes: Outcomes = new Map()
  for (const part of parts)
    for (const [draft, outcome] of await storeDrafts(context, part)) outcomes.set(draft, outcome)
  return outcomes
}

const lost = () => refused(new Error('a send has no outcome'))
const refused = (error: unknown): Outcome<Sent> => ({ ok: false, error: toStorageError(error) })

async function tryToStore(context: Context, drafts: Draft[]): Promise<Stored | { error: unknown }> {
  try {
    return await storeRepeatedly(context, drafts)
  } catch (error) {
    return { error }
  }
}

async function storeRepeatedly(context: Context, drafts: Draft[]): Promise<Stored> {
  for (let tries = 1; ; tries++) {
    try {
      return await storeBatch(context, drafts)
    } catch (error) {
      if (!isWorthRepeating(error) || tries === TRIES) throw error
    }
  }
}

function announce(context: Context, { fresh, outboxId }: Stored): void {
  publishFrames(
    context,
    fresh.map((news) => messageFrame(news.conversation, news)),
  )
  if (outboxId) context.outbox.done(outboxId)
}
