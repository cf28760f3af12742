import type { Conversation } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { presentMessage } from '../messages/present.ts'
import { presentOwnParticipant } from '../participants/present.ts'
import { hiddenUpTo, isLobby } from './policy.ts'
import type { Overview } from './queries.ts'

export async function presentConversation(
  context: Context,
  overview: Overview,
): Promise<Conversation> {
  const [presented] = await presentConversations(context, [overview])
  if (!presented) throw new Error('a conversation was presented as nothing')
  return presented
}

export async function presentConversations(
  { people, now }: Context,
  overviews: Overview[],
): Promise<Conversation[]> {
  const users = await people.get(overviews.flatMap(pairOf))
  return overviews.map((overview) => {
    const { conversation, me, draft, lastMessage, unread } = overview
    return {
      id: conversation.id,
      kind: conversation.kind,
      title: conversation.title,
      history: conversation.history,
      invites: conversation.invites,
      lobby: isLobby(conversation),
      createdAt: conversation.created_at.toISOString(),
      lastPosition: conversation.last_position,
      version: conversation.last_version,
      lastMessage: lastMessage && presentMessage(lastMessage, hiddenUpTo(conversation, me)),
      unread,
      memberCount: conversation.member_count,
      ...(conversation.kind === 'direct' && {
        participants: pairOf(overview).flatMap((id) => users.get(id) ?? []),
      }),
      me: presentOwnParticipant(me, draft, now()),
    }
  })
}

/** The two people of a direct conversation. */
function pairOf({ conversation }: Overview): string[] {
  return conversation.kind === 'direct' ? (conversation.direct_key?.split(':') ?? []) : []
}
