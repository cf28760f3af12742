import { routes } from '@chatapp/protocol'
import { type Binding, bindRoute } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { createWebhook } from './create.ts'
import {
  deleteWebhook,
  listFailedEvents,
  listWebhooks,
  retryFailedEvents,
  switchWebhook,
  testManagedWebhook,
} from './manage.ts'

export function bindWebhooks(binding: Binding, context: Context): void {
  bindRoute(binding, routes.listWebhooks, ({ query, caller }) =>
    listWebhooks(context, caller.userId, query),
  )
  bindRoute(binding, routes.createWebhook, ({ body, caller }) =>
    createWebhook(context, caller.userId, body),
  )
  bindRoute(binding, routes.updateWebhook, ({ params, body, caller }) =>
    switchWebhook(context, { ...params, userId: caller.userId }, body.state),
  )
  bindRoute(binding, routes.deleteWebhook, ({ params, caller }) =>
    deleteWebhook(context, { ...params, userId: caller.userId }),
  )
  bindRoute(binding, routes.testWebhook, ({ params, caller }) =>
    testManagedWebhook(context, { ...params, userId: caller.userId }),
  )
  bindRoute(binding, routes.listFailedEvents, ({ params, query, caller }) =>
    listFailedEvents(context, { ...params, userId: caller.userId }, query),
  )
  bindRoute(binding, routes.retryFailedEvents, ({ params, caller }) =>
    retryFailedEvents(context, { ...params, userId: caller.userId }),
  )
}
