import type { IncomingMessage } from 'node:http'
import { ChatError } from '@chatapp/protocol'
import { type Caller, readBearer } from '@chatapp/service-kit'
import type { Context } from '../context.ts'

const BEARER_PROTOCOL = 'bearer.'

/** Who opens the socket: by header, by the subprotocol pair `chatapp, bearer.<token>` or by ticket. */
export async function authenticate(
  { tokens, tickets }: Pick<Context, 'tokens' | 'tickets'>,
  request: IncomingMessage,
): Promise<Caller> {
  const { authorization } = request.headers
  if (authorization !== undefined) return tokens.verify(readBearer(authorization))
  const token = findProtocolToken(request.headers['sec-websocket-protocol'])
  if (token !== undefined) return tokens.verify(readBearer(`Bearer ${token}`))
  const ticket = new URLSearchParams(request.url?.split('?')[1]).get('ticket')
  if (ticket === null) return tokens.verify(readBearer(undefined))
  const caller = await tickets.redeem(ticket)
  if (tokens.hasEnded(caller.sessionId))
    throw new ChatError('unauthenticated', 'The session of this ticket has ended.')
  return caller
}

function findProtocolToken(offered: string | undefined): string | undefined {
  const protocols = offered?.split(',').map((protocol) => protocol.trim()) ?? []
  if (!protocols.includes('chatapp')) return undefined
  return protocols.find((p) => p.startsWith(BEARER_PROTOCOL))?.slice(BEARER_PROTOCOL.length)
}
