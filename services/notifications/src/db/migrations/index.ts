import type { Migration } from '@chatapp/service-kit'
import { subscriptions } from './0001-subscriptions.ts'

export const migrations: Record<string, Migration> = { '0001-subscriptions': subscriptions }
