import type { UsersApi } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { MailConfig } from '../mail-config.ts'
import type { MailMeter } from './meter.ts'
import type { Written } from './present.ts'

export type MailContext = Pick<Context, 'sql' | 'log' | 'now'> & {
  config: MailConfig
  users: Pick<UsersApi, 'waitingMails' | 'mailsTaken' | 'openMail'>
  meter: MailMeter
  /** Undefined: there is nothing to tell, or it is not wanted. */
  composeDigest: (userId: string) => Promise<Written | undefined>
}
