import type { Conversation, Message, SystemEvent } from '@chatapp/protocol'

/** Other people's text must not steer the terminal: no escape sequence, no bell, no cursor move. */
export function plain(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '�')
}

export function titleOf(conversation: Conversation, ownId: string): string {
  const other = conversation.participants?.find((user) => user.id !== ownId)
  return plain(conversation.title ?? other?.displayName ?? 'Direct conversation')
}

export function lineOfMessage(message: Message, names: (userId: string) => string): string {
  const time = new Date(message.sentAt).toTimeString().slice(0, 5)
  if (message.kind === 'system') return `${time}  * ${lineOfEvent(message, names)}`
  const text =
    message.data === null ? '(unsent)' : plain(message.data).replaceAll('\n', '\n       ')
  const reactions = message.reactions.map(({ emoji, userIds }) => ` ${emoji}${userIds.length}`)
  const marks = `${message.replyTo ? '↳ ' : ''}`
  const edited = message.editedAt && message.data !== null ? ' (edited)' : ''
  return `${time}  ${names(message.senderId)}: ${marks}${text}${edited}${reactions.join('')}`
}

export function lineOfConversation(conversation: Conversation, ownId: string): string {
  const { unread, memberCount, kind } = conversation
  const size = kind === 'group' ? `, ${memberCount} people` : ''
  return `${titleOf(conversation, ownId)}${unread > 0 ? `  (${unread} unread${size})` : size}`
}

function lineOfEvent(
  { senderId, event }: { senderId: string; event: SystemEvent },
  names: (userId: string) => string,
): string {
  const who = names(senderId)
  switch (event.type) {
    case 'created':
      return `${who} created "${plain(event.title)}"`
    case 'renamed':
      return `${who} renamed it to "${plain(event.title)}"`
    case 'joined':
      return `${event.userIds.map(names).join(', ')} joined`
    case 'left':
      return `${names(event.userId)} left`
    case 'removed':
      return `${who} removed ${names(event.userId)}`
  }
}
