import { ChatError } from '@chatapp/protocol'

/** The token of an Authorization header, or `unauthenticated`. */
export function readBearer(header: string | undefined): string {
  const token = /^Bearer ([A-Za-z0-9._-]{1,4096})$/i.exec(header ?? '')?.[1]
  if (!token)
    throw new ChatError('unauthenticated', 'Send an access token: Authorization: Bearer <token>.')
  return token
}
