import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { MessageRow } from '../db/schema.ts'
import { documentsOf } from './document.ts'

const ID = '00000000-0000-4000-8000-000000000001'

function rowAt(position: number): MessageRow {
  return {
    conversation_id: ID,
    position,
    version: position,
    sender_id: ID,
    client_id: String(position),
    kind: 'text',
    body: `walnut ${position}`,
    event: null,
    reply_to: null,
    mentions: null,
    reactions: null,
    sent_at: new Date(position),
    edited_at: null,
    unsent_at: null,
  }
}

test('other work has its turn while many texts are read, which come in their order', async () => {
  const rows = Array.from({ length: 250 }, (_, i) => rowAt(i + 1))
  let isDone = false
  const making = documentsOf(rows).then((documents) => {
    isDone = true
    return documents
  })
  await turn()
  expect(isDone).toBe(false)
  const documents = await making
  expect(documents.map(({ position }) => position)).toEqual(rows.map(({ position }) => position))
})
