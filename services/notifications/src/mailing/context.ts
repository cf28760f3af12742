import type { UsersApi } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { MailConfig } from '../mail-config.ts'
import type { MailMeter } from './meter.ts'

export type MailContext = Pick<Context, 'sql' | 'log' | 'now'> & {
  config: MailConfig
  users: Pick<UsersApi, 'waitingMails' | 'mailsTaken' | 'openMail' | 'mailboxes'>
  meter: MailMeter
}
