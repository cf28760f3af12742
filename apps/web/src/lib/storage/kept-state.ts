import { latestDrafts } from '../chat/drafts.ts'
import type { ChatState } from '../chat/state.ts'
import { database } from './database.ts'

/** What a next visit can start with before, or without, the server. */
export type KeptState = Pick<
  ChatState,
  'self' | 'conversations' | 'timelines' | 'people' | 'drafts' | 'members'
>

const KEY = 'state'
const DRAFTS = 'chatapp.drafts'

interface KeptDrafts {
  userId: string | undefined
  drafts: ChatState['drafts']
}

/** So many conversations keep their last page; of the others the row is enough. */
const TIMELINES_KEPT = 20
const MESSAGES_KEPT = 60

export async function loadKept(): Promise<KeptState | null> {
  try {
    // Written by `keep` of this same version of the database.
    const kept = (await (await database()).get('kept', KEY)) as KeptState | undefined
    return kept?.self
      ? { ...kept, drafts: latestDrafts(readDrafts(kept.self.id), kept.drafts) }
      : null
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

/** What is being written, at once: a page that goes away waits for no database. */
export function keepDrafts({ self, drafts }: ChatState): void {
  const unsaved = Object.entries(drafts).filter(([, { isUnsaved }]) => isUnsaved)
  try {
    const kept: KeptDrafts = { userId: self?.id, drafts: Object.fromEntries(unsaved) }
    localStorage.setItem(DRAFTS, JSON.stringify(kept))
  } catch {
    // Full or forbidden: the database has what was there a moment before.
  }
}

export async function forgetKept(): Promise<void> {
  localStorage.removeItem(DRAFTS)
  await (await database()).delete('kept', KEY).catch(() => {})
}

function readDrafts(userId: string): ChatState['drafts'] {
  // Written by `keepDrafts`.
  const kept = JSON.parse(localStorage.getItem(DRAFTS) ?? 'null') as KeptDrafts | null
  return kept?.userId === userId ? kept.drafts : {}
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
