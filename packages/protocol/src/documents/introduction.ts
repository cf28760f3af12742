import { BODY_MAX_BYTES, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '../limits.ts'

const thousands = (n: number) => n.toLocaleString('en')

/** Opens the OpenAPI document; paragraphs with `code`. */
export const restIntroduction = [
  'A conversation is a log. A message has a `position` in it (1, 2, 3 … without gaps), every ' +
    'change of it takes the next `version`, and everything else is a cursor into that log.',
  'Send `Authorization: Bearer <accessToken>` with every request but those that need no token. A ' +
    'token ends after some minutes; `POST /api/users/refresh` gives a new one.',
  'Bodies are JSON of up to ' +
    `${thousands(BODY_MAX_BYTES)} bytes; a field that a request does not know is refused. Answers ` +
    'may gain fields, so ignore what you do not know. Times are RFC 3339 in UTC with milliseconds.',
  'Every path is served with and without a slash at its end. Lists answer `items` and `next`: ask ' +
    'again with `cursor=next` until `next` is null. `limit` is ' +
    `${PAGE_LIMIT_DEFAULT} when left out and at most ${PAGE_LIMIT_MAX}.`,
  'Failures are `application/problem+json` with a stable `code`. Show `detail` to people, decide ' +
    'by `code`, and give `requestId` to whoever runs the server.',
  'Who is not in a conversation, or no longer, gets 404 on everything of it.',
  'Live messages come over the WebSocket at `/ws`, described in `/asyncapi.json`.',
].join('\n\n')

/** Opens the AsyncAPI document; paragraphs with `code`. */
export const socketIntroduction = [
  'One WebSocket at `/ws` brings everything that happens in all of my conversations, also in ' +
    'those that I join later. Frames are JSON texts of up to ' +
    `${thousands(BODY_MAX_BYTES)} bytes with a \`type\`. Ignore types and fields that you do not know.`,
  'Show who you are when it opens, in one of three ways: `Authorization: Bearer <accessToken>`, ' +
    'the subprotocols `chatapp, bearer.<accessToken>`, or `?ticket=` with a ticket from ' +
    '`POST /api/ws-ticket`. Without one of them the upgrade is refused with 401, from a foreign ' +
    'origin with 403.',
  'The first frame is `welcome`; from then on nothing is missed. A frame with a `version` one ' +
    'above the known one is applied, a lower one was seen before, and a higher one means that ' +
    'something is missing: ask with `sync`.',
  'An `ack` comes after the commit: what is acknowledged survives a crash. Sends of one socket ' +
    'are numbered in the order in which they were received. Without an `ack`, send again with the ' +
    'same `clientId`; one message comes of it.',
].join('\n\n')
