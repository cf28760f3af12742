import type { Migration } from '@chatapp/service-kit'
import { log } from './0001-log.ts'
import { drafts } from './0002-drafts.ts'

export const migrations: Record<string, Migration> = { '0001-log': log, '0002-drafts': drafts }
