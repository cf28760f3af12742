import type { CloseName } from '../close-codes.ts'
import type { ErrorCode } from '../errors.ts'

/** What each error code means to whoever gets it. */
export const errorNotes: Record<ErrorCode, string> = {
  invalid:
    'The request is not as it should be. `errors` names every wrong field, unknown ones included.',
  unauthenticated: 'There is no access token, or it is wrong, too old or of a session that ended.',
  forbidden: 'I may see it, but I have no right to do this.',
  'not-found': 'It does not exist, or it is not mine to know of: nobody can tell which.',
  'method-not-allowed': 'The path does not take this method; `Allow` lists those that it takes.',
  conflict: 'It contradicts what is there: a name that is taken, a `clientId` with other text.',
  gone: 'It was deleted, and does not come back.',
  'too-large': 'A body may have up to 65,536 bytes.',
  'unsupported-media-type': 'Bodies are `application/json`.',
  'rate-limited': 'Too many requests. Try again after the seconds in `Retry-After`.',
  internal: 'Something went wrong on the server. Trying again may help.',
  overloaded:
    'The server cannot take this now and has done nothing of it, or does not know whether it ' +
    'did. Try again, a send with the same `clientId`.',
}

/** What a client does after the socket was closed with this code. */
export const closeNotes: Record<CloseName, string> = {
  draining: 'The server is going down or moving. Connect again after a short random wait.',
  slowConsumer: 'The client read too slowly. Connect again and catch up with `sync`.',
  noHeartbeat: 'No answer to a ping in time. Connect again.',
  badFrames: 'Twenty bad frames in ten seconds. Mend the client first.',
  unauthenticated: 'The session or the token ended. Get a new access token first.',
  origin: 'The page’s origin may not use this server.',
  tooLarge: 'A frame had more than 65,536 bytes.',
  tooMany: 'Too many frames. Connect again, but later.',
}
