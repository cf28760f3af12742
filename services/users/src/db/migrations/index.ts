import type { Migration } from '@chatapp/service-kit'
import { addAdminsAndBots } from './add-admins-and-bots.ts'
import { addMails } from './add-mails.ts'
import { addSessionKind } from './add-session-kind.ts'
import { createTables } from './create-tables.ts'
import { shareBetweenProcesses } from './share-between-processes.ts'

/** In this order, forward only; what was released is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-create-tables': createTables,
  '0002-add-session-kind': addSessionKind,
  '0003-share-between-processes': shareBetweenProcesses,
  '0004-add-admins-and-bots': addAdminsAndBots,
  '0005-add-mails': addMails,
}
