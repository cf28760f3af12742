import { ChatError, errorCodeSchema, messageInSchema } from '@chatapp/protocol'

/** A message on its way out. */
export interface OutboxItem {
  readonly clientId: string
  readonly conversationId: string
  readonly data: string
  readonly replyTo: string | null
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly state: OutboxState
}

export type OutboxState =
  /** Being kept in the storage, before the first try. */
  | { kind: 'saving' }
  | { kind: 'queued' }
  /** Sent on the present socket, not yet acknowledged. */
  | { kind: 'sending' }
  /** Refused for a reason that a retry alone does not cure; waits for `retry` or `discard`. */
  | { kind: 'failed'; error: ChatError }

/** As kept in the storage. */
interface SavedItem {
  clientId: string
  conversationId: string
  data: string
  replyTo: string | null
  createdAt: number
  failed: { code: string; detail: string } | null
}

export function toSaved({ state, ...item }: OutboxItem): SavedItem {
  const failed =
    state.kind === 'failed' ? { code: state.error.code, detail: state.error.message } : null
  return { ...item, failed }
}

/** Reads what an earlier visit kept; what is not an item any more is left out. */
export function outboxItemsOf(saved: unknown): OutboxItem[] {
  if (!Array.isArray(saved)) return []
  return saved.flatMap((item: Partial<SavedItem>) => {
    const frame = messageInSchema.safeParse({ type: 'message', ...item })
    const { conversationId, clientId } = frame.data ?? {}
    if (!frame.data || !conversationId || !clientId) return []
    const { data, replyTo = null } = frame.data
    const createdAt = Number(item.createdAt)
    return [{ clientId, conversationId, data, replyTo, createdAt, state: stateOf(item) }]
  })
}

function stateOf({ failed }: Partial<SavedItem>): OutboxState {
  if (!failed) return { kind: 'queued' }
  const code = errorCodeSchema.safeParse(failed.code).data ?? 'internal'
  return { kind: 'failed', error: new ChatError(code, failed.detail) }
}
