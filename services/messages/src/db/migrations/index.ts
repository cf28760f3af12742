import type { Migration } from '@chatapp/service-kit'
import { log } from './0001-log.ts'

export const migrations: Record<string, Migration> = { '0001-log': log }
