import { latestDrafts } from '../chat/drafts.ts'
import type { ChatState } from '../chat/state.ts'
import { database } from './database.ts'

/** What a next visit can start with before, or without, the server. */
export type KeptState = Pick<
  ChatState,
  'self' | 'conversations' | 'timelines' | 'people' | 'drafts' | 'members'
>

const KEY = 'state'
/** So many conversations keep their last page; of the others the row is enough. */
const TIMELINES_KEPT = 20
const MESSAGES_KEPT = 60

export async function loadKept(): Promise<KeptState | null> {
  try {
    // Written by `keep` of this same version of the database.
    return ((await (await database()).get('kept', KEY)) as KeptState | undefined) ?? null
  } catch {
    return null
  }
}

export async function keep(state: ChatState): Promise<void> {
  const { self, conversations, people, drafts, members } = state
  const kept: KeptState = { self, conversations, people, drafts, members, timelines: tails(state) }
  try {
    const tx = (await database()).transaction('kept', 'readwrite')
    // Another tab may have written what this one has not heard of.
    const before = (await tx.store.get(KEY)) as KeptState | undefined
    const others = before?.self?.id === self?.id ? before?.drafts : undefined
    await tx.store.put({ ...kept, drafts: latestDrafts(others ?? {}, drafts) }, KEY)
    await tx.done
  } catch {
    // A browser that forbids storage costs the quick start only.
  }
}

export async function forgetKept(): Promise<void> {
  await (await database()).delete('kept', KEY).catch(() => {})
}

function tails({ timelines, conversations }: ChatState): ChatState['timelines'] {
  const newest = Object.entries(timelines)
    .filter(([id, { status, after }]) => status === 'ready' && after === null && conversations[id])
    .sort(([a], [b]) => lastSentAt(conversations[b]).localeCompare(lastSentAt(conversations[a])))
    .slice(0, TIMELINES_KEPT)
  return Object.fromEntries(
    newest.map(([id, timeline]) => {
      const messages = timeline.messages.slice(-MESSAGES_KEPT)
      const isCut = messages.length < timeline.messages.length
      const before = isCut ? (messages[0]?.position ?? null) : timeline.before
      const calm = {
        busy: null,
        missed: [],
        unreadFrom: null,
        staysUnread: false,
        isFollowing: false,
      }
      return [id, { ...timeline, ...calm, messages, before }]
    }),
  )
}

function lastSentAt(conversation: ChatState['conversations'][string] | undefined): string {
  return conversation?.lastMessage?.sentAt ?? ''
}
