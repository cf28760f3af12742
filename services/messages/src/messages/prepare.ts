import { namesIn, type Profile, type SendCommand } from '@chatapp/protocol'
import { createId, type Outcome } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { nobodyAnswers } from '../people.ts'
import type { Draft } from './draft.ts'
import { type Called, calledBy, findNamed } from './mentions.ts'
import { decodeMessageId } from './message-id.ts'

/**
 * Looks up what sends need before the lock. Whatever must be known of people and is not to be had
 * fails alone.
 */
export async function prepare(
  context: Context,
  commands: SendCommand[],
): Promise<Outcome<Draft>[]> {
  const names = commands.map(({ data }) => namesIn(data))
  const [senders, named] = await Promise.all([
    context.people.lookUp(commands.map(({ senderId }) => senderId)),
    findNamed(context.people, names.flat()),
  ])
  const refused = new Set<string>()
  return commands.map((command, i): Outcome<Draft> => {
    const sender = senders.get(command.senderId)
    const called = calledBy(names[i] ?? [], named)
    const conversationId = command.conversationId ?? context.lobbyId
    const thread = `${command.senderId} ${conversationId}`
    // What follows in the same conversation must not get before it.
    if (sender === 'unanswered' || called === 'unanswered' || refused.has(thread)) {
      refused.add(thread)
      return { ok: false, error: nobodyAnswers() }
    }
    return { ok: true, value: toDraft(command, { conversationId, sender, called }) }
  })
}

interface LookedUp {
  conversationId: string | null
  sender: Profile | undefined
  called: Called
}

function toDraft(
  { senderId, clientId, data, replyTo, mayCallAll = true }: SendCommand,
  { conversationId, sender, called }: LookedUp,
): Draft {
  return {
    conversationId,
    senderId,
    senderName: sender?.user.displayName ?? '',
    hidesReads: sender?.hidesReads ?? false,
    clientId: clientId ?? createId(),
    data,
    replyTo: replyTo === null ? null : (decodeMessageId(replyTo) ?? 'no such id'),
    called: mayCallAll ? called : { ...called, everyone: false },
  }
}
