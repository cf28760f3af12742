import { routes } from '@chatapp/protocol'
import { type Binding, bindRoute } from '@chatapp/service-kit'
import { changePassword } from './account/change-password.ts'
import { register } from './account/register.ts'
import type { Context } from './context.ts'
import { editProfile } from './profile/edit.ts'
import { findPeople } from './profile/find.ts'
import { getOwnProfile, getProfile } from './profile/get.ts'
import { endSession, logout } from './session/end.ts'
import { listSessions } from './session/list.ts'
import { login } from './session/login.ts'
import { openSession } from './session/open.ts'
import { refresh } from './session/refresh.ts'

export function bindRoutes(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.register, async (call) =>
    openSession(ctx, await register(ctx, call.body, call), call),
  )
  bindRoute(binding, routes.login, (call) => login(ctx, call.body, call))
  bindRoute(binding, routes.refresh, (call) => refresh(ctx, call.body.refreshToken, call))
  bindRoute(binding, routes.logout, ({ caller }) => logout(ctx, caller))
  bindRoute(binding, routes.listSessions, ({ caller, query }) => listSessions(ctx, caller, query))
  bindRoute(binding, routes.endSession, ({ caller, params }) => endSession(ctx, caller, params.id))
  bindRoute(binding, routes.getOwnUser, ({ caller }) => getOwnProfile(ctx, caller.userId))
  bindRoute(binding, routes.updateOwnUser, ({ caller, body }) =>
    editProfile(ctx, caller.userId, body),
  )
  bindRoute(binding, routes.changePassword, ({ caller, body }) => changePassword(ctx, caller, body))
  bindRoute(binding, routes.findUsers, ({ query }) => findPeople(ctx, query))
  bindRoute(binding, routes.getUser, ({ params }) => getProfile(ctx, params.id))
}
