import type { MessagesApi, UsersApi } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { DigestMeter } from './meter.ts'

export type DigestContext = Pick<
  Context,
  'db' | 'sql' | 'log' | 'now' | 'config' | 'unsubscribing'
> & {
  users: Pick<UsersApi, 'mailboxes'>
  messages: Pick<MessagesApi, 'backlog'>
  digestMeter: DigestMeter
}
