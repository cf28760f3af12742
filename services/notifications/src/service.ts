import { routes } from '@chatapp/protocol'
import {
  Answer,
  type Binding,
  bindRoute,
  connectPostgres,
  migrate,
  type PostgresTarget,
  type Registry,
  type Service,
} from '@chatapp/service-kit'
import type { NotificationsConfig } from './config.ts'
import type { Context } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import type { Database } from './db/schema.ts'
import { getPreferences } from './preferences/queries.ts'
import { updatePreferences } from './preferences/update.ts'
import { createSubscription } from './subscriptions/create.ts'
import { deleteSubscription } from './subscriptions/delete.ts'
import { listSubscriptions } from './subscriptions/list.ts'
import { keepVapidKeys } from './vapid-keys.ts'

export interface NotificationsOptions {
  database: PostgresTarget
  metrics: Registry
  /** Where earlier versions kept the VAPID keys. */
  dataDirectory: string
  config: NotificationsConfig
  now?: () => number
}

/** Push subscriptions and how people want to be notified; owns the schema `notifications`. */
export async function createNotifications(options: NotificationsOptions): Promise<Service<object>> {
  const { database, dataDirectory, config, metrics, now = Date.now } = options
  const postgres = await connectPostgres<Database>({
    target: database,
    name: 'notifications',
    metrics,
  })
  try {
    await migrate(database, 'notifications', migrations)
    const keys = config.vapidKeys ?? (await keepVapidKeys(postgres.db, dataDirectory))
    const context: Context = {
      db: postgres.db,
      now,
      vapidPublicKey: keys.publicKey,
      config,
    }
    return {
      api: {},
      bind: (binding) => bindNotifications(binding, context),
      start: async () => {},
      check: async () => void (await postgres.sql`select 1`),
      [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
    }
  } catch (error) {
    await postgres[Symbol.asyncDispose]()
    throw error
  }
}

function bindNotifications(binding: Binding, context: Context): void {
  bindRoute(binding, routes.getVapidPublicKey, async () => ({ key: context.vapidPublicKey }))
  bindRoute(binding, routes.listSubscriptions, ({ query, caller }) =>
    listSubscriptions(context, caller.userId, query),
  )
  bindRoute(binding, routes.createSubscription, async ({ body, caller }) => {
    const { id, created } = await createSubscription(context, caller.userId, body)
    return new Answer(created ? 201 : 200, { id })
  })
  bindRoute(binding, routes.deleteSubscription, async ({ params, caller }) => {
    await deleteSubscription(context, caller.userId, params.id)
    return undefined
  })
  bindRoute(binding, routes.getNotificationPreferences, ({ caller }) =>
    getPreferences(context.db, caller.userId),
  )
  bindRoute(binding, routes.updateNotificationPreferences, ({ body, caller }) =>
    updatePreferences(context, caller.userId, body),
  )
}
