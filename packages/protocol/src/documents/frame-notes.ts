/** What each frame says, by the id of its schema. */
export const frameNotes = {
  MessageIn:
    'Sends. Without `conversationId` it goes to the lobby; without `clientId` no retry is safe. ' +
    'Fields that are not known are ignored in this frame alone.',
  TypingIn: 'I am typing. Worth repeating every few seconds while it lasts, not with every key.',
  ReceiptIn: 'I have read everything up to the position, or it has arrived here.',
  SyncIn: 'What has changed since the versions that I know? Answered by `synced`.',
  WatchIn: 'The people whose presence I want to be told, in place of those before.',
  FocusIn:
    'The conversation that I have in front of me in a focused window, so that nothing notifies me ' +
    'of it on any device; null: none. Say it again on a new socket.',
  AuthenticateIn: 'A fresh access token of the same user, before the old one ends.',
  PingIn: 'Answered by `pong`, for clients that cannot send a ping of the protocol below.',
  MessageFrame:
    'A new message, to everybody who may see it, the sending socket included. `user` is the ' +
    'sender’s display name, `message` the text. Its sender has read up to here.',
  EditedFrame: 'A message has a new text.',
  UnsentFrame: 'A message is gone; its position stays. Forget the text.',
  ReactionFrame: 'All reactions to a message as they are now.',
  ConversationFrame: 'A conversation was made, or its title or policies changed.',
  ParticipantFrame:
    'People joined, left, were removed or changed their role. For whoever was removed it is the ' +
    'last frame of the conversation.',
  HeadFrame:
    'The conversation is at this version. Whoever knows less asks `sync`: after an outage this takes ' +
    'the place of frames that can’t be told one by one.',
  ReceiptFrame: 'Somebody’s cursor moved; reading implies delivery. It has no version.',
  DraftFrame:
    'My draft in a conversation, changed on one of my devices; empty text has cleared it. Only my ' +
    'own sockets get it.',
  OwnFrame:
    'What I set for myself in a conversation (`notify`, `mutedUntil`, `pinned`, `unreadFrom`), changed ' +
    'on one of my devices. Only my own sockets get it.',
  SelfFrame:
    'My profile or my preferences, changed on one of my devices. Only my own sockets get it.',
  TypingFrame: 'Somebody is typing. Forget it after a few seconds or with their next message.',
  PresenceFrame: 'Somebody whom I watch came, went or has been away for a while.',
  WelcomeFrame: 'The first frame of every socket.',
  AckFrame: 'My message is stored for good. It comes before or after the shared frame.',
  ErrorFrame:
    'My frame was refused; `retryable` says whether the same frame may succeed later. A refused ' +
    'send is named by its `clientId`.',
  SyncedFrame: 'The answer to `sync`, the same as that of `POST /api/messages/sync`.',
  PongFrame: 'The answer to `ping`.',
} satisfies Record<string, string>
