import { type Route, routes } from '@chatapp/protocol'
import {
  type Binding,
  bindRoute,
  type Handler,
  refuseOtherMethods,
  toStorageError,
} from '@chatapp/service-kit'
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
  const served: Route[] = []
  const serve = <R extends Route>(route: R, handle: Handler<R>) => {
    served.push(route)
    bindRoute(binding, route, (call) => handle(call).catch(rethrow))
  }
  serve(routes.register, async (call) =>
    openSession(ctx, await register(ctx, call.body, call), call),
  )
  serve(routes.login, (call) => login(ctx, call.body, call))
  serve(routes.refresh, (call) => refresh(ctx, call.body.refreshToken, call))
  serve(routes.logout, ({ caller }) => logout(ctx, caller))
  serve(routes.listSessions, ({ caller, query }) => listSessions(ctx, caller, query))
  serve(routes.endSession, ({ caller, params }) => endSession(ctx, caller, params.id))
  serve(routes.getOwnUser, ({ caller }) => getOwnProfile(ctx, caller.userId))
  serve(routes.updateOwnUser, ({ caller, body }) => editProfile(ctx, caller.userId, body))
  serve(routes.changePassword, ({ caller, body }) => changePassword(ctx, caller, body))
  serve(routes.findUsers, ({ query }) => findPeople(ctx, query))
  serve(routes.getUser, ({ params }) => getProfile(ctx, params.id))
  refuseOtherMethods(binding, served)
}

function rethrow(error: unknown): never {
  throw toStorageError(error)
}
