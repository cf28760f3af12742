import {
  ChatError,
  type FrameOf,
  type InboundFrame,
  type MessageIn,
  type Sent,
} from '@chatapp/protocol'
import { traceFrame } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { encodeFrame } from '../wire.ts'
import type { Connection } from './connection.ts'
import type { ReceiptBuffer } from './receipt-buffer.ts'

export type FrameContext = Context & { receipts: ReceiptBuffer }
type FrameIn<K> = InboundFrame extends infer F
  ? F extends { type: infer T }
    ? K extends T
      ? F
      : never
    : never
  : never
type Handlers = {
  [K in InboundFrame['type']]: (
    context: FrameContext,
    connection: Connection,
    frame: FrameIn<K>,
  ) => void
}

const PONG = encodeFrame({ type: 'pong' })

/** What each kind of frame does. */
export const frameHandlers: Handlers = {
  message(context, connection, frame) {
    context.presence.act(connection.userId)
    send(context, connection, frame)
  },
  typing(context, connection, { conversationId }) {
    context.presence.act(connection.userId)
    if (!connection.limits.mayType(conversationId, context.now())) return
    const { userId } = connection
    void work(connection, 'typing', () => context.messages.typing(userId, conversationId))
  },
  read(context, connection, frame) {
    context.presence.act(connection.userId)
    context.receipts.add(connection, frame)
  },
  delivered(context, connection, frame) {
    context.receipts.add(connection, frame)
  },
  sync(context, connection, { conversations }) {
    void work(connection, 'sync', () =>
      connection.inTurn(async () => {
        await connection.outlet.caughtUp()
        const answer = await context.messages.sync(connection.userId, conversations)
        connection.outlet.answer({ type: 'synced', ...answer })
      }),
    )
  },
  watch(context, connection, { userIds }) {
    context.presence.act(connection.userId)
    context.presence.watch(connection.outlet, userIds)
  },
  focus(context, connection, { conversationId }) {
    if (conversationId !== null) context.presence.act(connection.userId)
    context.focus.show(connection.outlet, conversationId)
  },
  authenticate(context, connection, { accessToken }) {
    void work(connection, 'authenticate', async () => {
      const caller = await context.tokens.verify(accessToken)
      if (caller.userId !== connection.userId)
        throw new ChatError('forbidden', 'The access token is of another user.')
      connection.renew(caller)
    })
  },
  ping(_context, connection) {
    connection.outlet.push(PONG)
  },
}

/** Nothing is awaited before the call: sends are numbered in the order in which they came. */
function send(context: FrameContext, connection: Connection, frame: MessageIn): void {
  const { clientId = null } = frame
  const refuse = (error: unknown) => connection.refuse(error, frame.clientId)
  try {
    context.sendAllowance.take(connection.userId)
  } catch (error) {
    return void refuse(error)
  }
  if (!connection.begin()) return void refuse(tooMuchUnderWay())
  const receivedAt = performance.now()
  const { conversationId = null, data, replyTo = null } = frame
  const command = { senderId: connection.userId, conversationId, clientId, data, replyTo }
  traceFrame('message', () => context.messages.send(command)).then(
    (sent) => {
      connection.outlet.say(ackOf(sent))
      context.meters.sent('stored', (performance.now() - receivedAt) / 1000)
      connection.end()
    },
    (error: unknown) => {
      context.meters.sent(refuse(error).code, 0)
      connection.end()
    },
  )
}

function ackOf({ message }: Sent): FrameOf<'ack'> {
  const { clientId, conversationId, id, position, version, sentAt } = message
  return { type: 'ack', clientId, conversationId, messageId: id, position, version, sentAt }
}

/** Runs what a frame asks for; failures are told to the connection. */
async function work(
  connection: Connection,
  type: InboundFrame['type'],
  run: () => Promise<void>,
): Promise<void> {
  if (!connection.begin()) return void connection.refuse(tooMuchUnderWay())
  try {
    await traceFrame(type, run)
  } catch (error) {
    connection.refuse(error)
  } finally {
    connection.end()
  }
}

const tooMuchUnderWay = () =>
  new ChatError('overloaded', 'Too much of this connection is under way; wait for answers.')
