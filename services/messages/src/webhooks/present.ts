import type { FailedEvent, Webhook } from '@chatapp/protocol'
import type { WebhookEventRow } from '../db/schema.ts'
import type { WebhookOverview } from './queries.ts'

/** Never with its secret. */
export function presentWebhook(row: WebhookOverview): Webhook {
  const { last_try_at: at, last_status: status, last_problem: problem } = row
  return {
    id: row.id,
    url: row.url,
    conversationId: row.conversation_id,
    events: row.events,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastTry: at && { at: at.toISOString(), status, problem },
    waiting: row.waiting,
    failed: row.failed,
  }
}

export function presentFailed(row: WebhookEventRow): FailedEvent {
  return {
    id: row.id,
    type: row.type,
    conversationId: row.conversation_id,
    position: row.position,
    happenedAt: row.happened_at.toISOString(),
    tries: row.tries,
    status: row.status,
    problem: row.problem,
  }
}
