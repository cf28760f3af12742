import { createECDH, randomBytes } from 'node:crypto'
import type { Cluster } from '@chatapp/dev-env'
import type { MessageNotice } from '@chatapp/protocol'
import type { Bench } from '../bench.ts'
import { cpuMilliseconds } from '../machine/proc.ts'
import type { Sql } from '../product/database.ts'
import type { Endpoint } from './endpoint.ts'

/** One process of notifications at work, with the others beside it. */
export interface PushStage {
  bench: Bench
  cluster: Cluster
  endpoint: Endpoint
  sql: Sql
  /** Of notifications. */
  pid: number
  /** What messages would tell it. */
  tell(messages: MessageNotice[]): Promise<void>
}

const ecdh = createECDH('prime256v1')

/** As a browser makes them; nobody here opens what is sealed with them. */
export const deviceKeys = {
  p256dh: ecdh.generateKeys('base64url'),
  auth: randomBytes(16).toString('base64url'),
}

/** People with a device each; resolves to their ids. */
export async function subscribeMany({ sql, endpoint }: PushStage, count: number) {
  const rows = await sql<{ user_id: string }[]>`
    insert into notifications.subscriptions (id, user_id, endpoint, p256dh, auth, created_at)
    select gen_random_uuid(), gen_random_uuid(), ${`${endpoint.origin}/`} || gen_random_uuid(),
      ${deviceKeys.p256dh}, ${deviceKeys.auth}, now()
    from generate_series(1, ${count}) returning user_id`
  return rows.map((row) => row.user_id)
}

interface Said {
  conversationId: string
  to: string[]
}

export const mention = ({ conversationId, to }: Said): MessageNotice => ({
  ...{
    type: 'message',
    conversationId,
    position: 1,
    senderId: conversationId,
    senderName: 'Alice',
  },
  ...{ title: 'Camping', text: 'Who brings the tent, and who the stove? '.repeat(5).trim() },
  sentAt: new Date().toISOString(),
  addressees: to.map((userId) => ({
    ...{ userId, calling: 'mention', level: 'mentions', mutedUntil: null, readPosition: 0 },
  })),
})

/** CPU time of the process in seconds, while something is done. */
export async function cpuSecondsOf(pid: number, work: () => Promise<void>): Promise<number> {
  const before = cpuMilliseconds(pid)
  await work()
  return (cpuMilliseconds(pid) - before) / 1000
}
