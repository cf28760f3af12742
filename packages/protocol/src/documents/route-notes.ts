import type { RouteId } from '../http/routes.ts'

/** What the summary of a route leaves out. */
export const routeNotes: Partial<Record<RouteId, string>> = {
  register:
    'Names are unique without regard to case. A new account is a member of the lobby from the ' +
    'start, where there is one.',
  login: 'An unknown name and a wrong password are answered alike.',
  refresh:
    'Every refresh token works once. One that comes back a second time was copied by ' +
    'somebody, so the whole session ends.',
  logout: 'Its tokens are refused within a second.',
  webRegister:
    'As `register`, but the refresh token comes as an HttpOnly cookie. A page of another origin ' +
    'is refused (403).',
  webLogin:
    'As `login`, but the refresh token comes as an HttpOnly cookie. A page of another origin is ' +
    'refused (403).',
  webRefresh:
    'The cookie is renewed with it. The one before stays good for a minute, for an answer that ' +
    'got lost in a reload; used later, it ends the session.',
  webLogout: 'Without a cookie there is nothing to end, and the answer is the same.',
  changePassword:
    'A wrong `currentPassword` is answered with 403, so that 401 always speaks of the access ' +
    'token.',
  askPasswordReset:
    'The answer is the same whether anybody has the address or not. The link works once and for ' +
    'an hour. Without a mail server (`getServer` says so) nothing is sent.',
  resetPassword: 'A token that is unknown, used or too old is 404.',
  askEmailVerification:
    'A new address is sent one by itself. Without an address, or with a verified one: 409.',
  verifyEmail:
    'The token is one of the address that the account had when it was sent: of an earlier ' +
    'address it is 404, as is an unknown, a used or an old one.',
  setAvatar:
    '`x`, `y` and `size` count pixels of the picture as it is seen, upright. It is stored at 256 ' +
    'by 256 pixels, without anything that the file says about place or camera; of an animation ' +
    'the first frame. More than 40 million pixels are refused (400).',
  getAvatar:
    'Whoever knows the key may see it; another picture gets another key, so it may be kept for ' +
    'good.',
  findUsers: 'Upper and lower case are the same.',
  createConversation:
    'Two people share one direct conversation: when it exists already it is the answer, with ' +
    '200.',
  updateConversation:
    '`title`, `history` and `invites` are the group’s and take an owner or an admin. ' +
    '`notify`, `mutedUntil`, `pinned` and `unreadFrom` are my own and nobody else sees them. ' +
    '`unreadFrom` lowers no cursor and no receipt; a position that is not read yet marks nothing.',
  saveDraft:
    'My other devices are told by a `draft` frame. Sending does not clear it, leaving does.',
  addParticipants:
    'Any member may, unless `invites` is `admins`. An unknown id refuses the whole call, and ' +
    'a direct conversation cannot grow (403).',
  setRole: 'Only owners make owners. The last owner cannot step down while others are there (409).',
  removeParticipant:
    'Owners and admins remove others, and anybody may leave, but the lobby cannot be left ' +
    '(403), nor can the last owner leave while others are there (409). From the next request ' +
    'or frame on the conversation does not exist for that person.',
  sendMessage:
    'Choose a `clientId` before the first try and keep it: however often the send is ' +
    'repeated, one message comes of it. The same `clientId` with other text is 409. Without ' +
    'one the server chooses, and no retry is safe.',
  getHistory:
    '`before` and `after` leave out the position they name, `around` has it in the middle; ' +
    'give at most one. In the answer they say what to ask next.',
  getMessage:
    'For what only an id is known of, such as the message that another one answers; its ' +
    '`position` leads to the page of history that it is in. Unsent ones come without text.',
  unsendMessage:
    'The author may, and in a group owners and admins. The text is gone everywhere, also from ' +
    'search; unsending again answers the same.',
  editMessage: 'Only the author may. What is unsent cannot be edited (409).',
  getReceipts:
    'The sender is in neither list; who has read is in both. Above 200 members there are two ' +
    'counts instead of the lists.',
  advanceReceipts:
    'Everything up to the position counts. Reading implies delivery, and a position above the ' +
    'last is 400.',
  sync:
    'Name the version that I know of each conversation, 0 for nothing. Conversations of mine ' +
    'that are not named come back in `added`, named ones that I am not in come back in ' +
    '`unknown`. More than 1,000 changes are not listed: `reset` is true, and history has ' +
    'them. `added` is sorted by the latest activity; with `more` the rest is in ' +
    '`GET /api/conversations`. It has at most 500 for who sends `Accept: ' +
    'application/json;wire=21`, so as to know `more`, and many more for others.',
  addReaction: 'Repeating it changes nothing.',
  removeReaction: 'Repeating it changes nothing.',
  searchMessages:
    'Every word must be there; `"a phrase"`, `-not`, `from:name` (or `me`), `in:"Title"`, ' +
    '`before:` `after:` `on:` a date, `has:link|file|mention|reaction`, `is:unread|mine`. ' +
    'Only what I may read now is found. `degraded` says that the search engine is away and ' +
    'the database answered in its place, or that earlier messages are still being taken in.',
  listActivity:
    'Mentions, answers to my messages, `@all`, and words of mine (`keywords`). Nothing is copied: ' +
    'reading the conversation up to a message makes it read here, on all devices; unsending ' +
    'it, editing the mention away, or my leaving takes it out. One message is one item.',
  createSubscription:
    '`endpoint` and `keys` are those of the browser’s PushSubscription. The same endpoint ' +
    'again is answered with 200. It ends with the session of the access token. Of more than 20 ' +
    'of one person the one that was not sent for longest is forgotten. Bots are refused (403).',
  testPush:
    'The answer says what the push service of the device said. A device that is gone is ' +
    'forgotten.',
  listNotices:
    'The latest first, for two weeks, of messages that might have concerned me while a device of ' +
    'mine was subscribed. Several messages of a conversation may be one push message: its ' +
    '`position` is that of the last one.',
  updateNotificationPreferences:
    '`digest` is a mail about direct messages, mentions and answers that I have not read, once I am ' +
    'away for `digestEvery`, and not more often. It goes to a verified address, where the server ' +
    'has digests (`getServer`), and says as much as `payload` lets it.',
  askUnsubscribing:
    'Looking at it changes nothing: programs that look at mail follow links. The token is in each ' +
    'digest; any other is 404.',
  unsubscribeFromDigest:
    'As RFC 8058 has it, without a session, and as often as one likes. A body is not looked at.',
  createBot:
    'For admins of the installation. The token lasts until it is revoked; a bot has no password, ' +
    'and joins conversations like a person.',
  revokeBotToken: 'What was opened with it closes within a second.',
  exchangeBotToken:
    'As often as an access token is needed: the token stays the same. The SDK does it for ' +
    '`createClient({ url, token })`.',
  listWebhooks: 'Owners and admins of a group see its own; the secrets are never shown again.',
  createWebhook:
    'Owners and admins of a group make its webhooks, admins of the installation those of every ' +
    'group. Direct conversations have none (403). Of one group there are 10 at most (409). ' +
    'What happened before is not told.',
  updateWebhook: 'What happens while it is off is not told later.',
  testWebhook:
    'Signed like every event, of the type `webhook.test`, sent once, whether the webhook is on or ' +
    'not. Comes back when its server has answered, within some 10 seconds.',
  listFailedEvents: 'Given up three days after they happened, and kept for two weeks.',
  createHook:
    'For admins of the installation. The bot must be in the group already. Of one group there are ' +
    '10 at most (409).',
  postToHook:
    'No token: the URL is the secret, and 404 does not tell which part of it is wrong. 410: the ' +
    'webhook was deleted. 403: its bot is no longer in the group, or deactivated. A request with ' +
    'an `Idempotency-Key` may be repeated without being said twice. 60 a minute.',
  createSocketTicket:
    'For clients that can set neither a header nor a subprotocol. It works once and for a ' +
    'short time.',
}
