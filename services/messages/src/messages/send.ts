import type { SendCommand, Sent } from '@chatapp/protocol'
import {
  type Batcher,
  createBatcher,
  createId,
  isConnectionLoss,
  isWorthRepeating,
  type Outcome,
  toStorageError,
} from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { messageFrame } from '../log/frames.ts'
import { publishFrames } from '../log/publish.ts'
import type { Draft } from './draft.ts'
import { type Called, findCalled, NOBODY } from './mentions.ts'
import { decodeMessageId } from './message-id.ts'
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
  const stored = await tryToStore(context, commands)
  if ('outcomes' in stored) {
    announce(context, stored)
    return stored.outcomes
  }
  const { error } = stored
  context.log.error({ err: error, size: commands.length }, 'a batch of messages was not stored')
  const byConversation = [...Map.groupBy(commands, (command) => command.conversationId).values()]
  if (isConnectionLoss(error) || commands.length === 1) return commands.map(() => refused(error))
  // One conversation may be locked, or one message be what the database refuses: the others go on.
  const parts = byConversation.length > 1 ? byConversation : commands.map((command) => [command])
  return sendApart(context, commands, parts)
}

async function sendApart(
  context: Context,
  commands: SendCommand[],
  parts: SendCommand[][],
): Promise<Outcome<Sent>[]> {
  const outcomes = new Map<SendCommand, Outcome<Sent>>()
  for (const part of parts) {
    const own = await sendBatch(context, part)
    for (const [i, command] of part.entries()) outcomes.set(command, own[i] ?? lost())
  }
  return commands.map((command) => outcomes.get(command) ?? lost())
}

const lost = () => refused(new Error('a send has no outcome'))
const refused = (error: unknown): Outcome<Sent> => ({ ok: false, error: toStorageError(error) })

async function tryToStore(
  context: Context,
  commands: SendCommand[],
): Promise<Stored | { error: unknown }> {
  try {
    return await storeRepeatedly(context, await prepare(context, commands))
  } catch (error) {
    return { error }
  }
}

async function prepare(context: Context, commands: SendCommand[]): Promise<Draft[]> {
  const called = await findCalled(
    context.users,
    commands.map((command) => command.data),
  )
  const senderIds = commands.map((command) => command.senderId)
  const senders = await context.people.get(senderIds)
  const hiding = await context.people.hidingReads(senderIds)
  return commands.map((command, i) => ({
    conversationId: command.conversationId ?? context.lobbyId,
    senderId: command.senderId,
    senderName: senders.get(command.senderId)?.displayName ?? '',
    hidesReads: hiding.has(command.senderId),
    clientId: command.clientId ?? createId(),
    data: command.data,
    replyTo: command.replyTo === null ? null : (decodeMessageId(command.replyTo) ?? 'no such id'),
    called: calledBy(command, called[i]),
  }))
}

const calledBy = ({ mayCallAll = true }: SendCommand, called: Called = NOBODY): Called =>
  mayCallAll ? called : { ...called, everyone: false }

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
