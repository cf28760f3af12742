import * as conversations from './conversations.ts'
import * as gateway from './gateway.ts'
import * as messages from './messages.ts'
import * as notifications from './notifications.ts'
import type { Route } from './route.ts'
import * as users from './users.ts'

const { usernameSchema, newPasswordSchema, displayNameSchema, ...userRoutes } = users
const { notificationPreferencesSchema, subscriptionSchema, ...notificationRoutes } = notifications

/** Every REST route by its id. */
export const routes = {
  ...userRoutes,
  ...conversations,
  ...messages,
  ...gateway,
  ...notificationRoutes,
} satisfies Record<string, Route>
export type RouteId = keyof typeof routes
