import { ChatError, inboundFrameSchema, parseInput } from '@chatapp/protocol'
import { tooMany } from '@chatapp/service-kit'
import type { Connection } from './connection.ts'
import { type FrameContext, frameHandlers } from './frames.ts'

/** The data of one frame as it came: a JSON object, with luck. */
type RawFrame = Record<string, unknown>

/** Makes the one function that handles every frame of every connection. */
export function createFrameHandler(context: FrameContext) {
  return (connection: Connection, data: Buffer, isBinary: boolean): void => {
    const raw = isBinary ? {} : parseObject(data)
    if (!admit(context, connection, raw)) return
    try {
      if (isBinary) throw new ChatError('invalid', 'Send text frames; this one was binary.')
      dispatch(context, connection, raw)
    } catch (error) {
      refuseBad(context, connection, { error, raw })
    }
  }
}

function dispatch(context: FrameContext, connection: Connection, raw: RawFrame | undefined): void {
  if (!raw) throw new ChatError('invalid', 'The frame is not a JSON object.')
  const frame = parseInput(inboundFrameSchema, raw)
  context.meters.frame(frame.type)
  // The handler of a type takes the frames of that type; the compiler does not see the relation.
  frameHandlers[frame.type](context, connection, frame as never)
}

/** What is not a JSON object has no field that could be told back. */
function parseObject(data: Buffer): RawFrame | undefined {
  try {
    const value: unknown = JSON.parse(data.toString())
    return typeof value === 'object' && value !== null ? (value as RawFrame) : undefined
  } catch {
    return undefined
  }
}

function admit(context: FrameContext, connection: Connection, raw: RawFrame | undefined): boolean {
  switch (connection.limits.admit(raw?.type, context.now())) {
    case 'admitted':
      return true
    case 'refused':
      connection.refuse(tooMany(1), clientIdOf(raw))
      return false
    case 'flood':
      connection.close('tooMany')
      return false
  }
}

function refuseBad(
  context: FrameContext,
  connection: Connection,
  { error, raw }: { error: unknown; raw: RawFrame | undefined },
): void {
  context.meters.frame('bad')
  connection.refuse(error, clientIdOf(raw))
  if (connection.limits.countBad(context.now()) === 'too-many') connection.close('badFrames')
}

function clientIdOf(raw: RawFrame | undefined): string | undefined {
  return typeof raw?.clientId === 'string' ? raw.clientId : undefined
}
