import { routes } from '@chatapp/protocol'
import { type Binding, bindRoute } from '@chatapp/service-kit'
import { askReset } from './account/ask-reset.ts'
import { askVerification } from './account/ask-verification.ts'
import { changePassword } from './account/change-password.ts'
import { register } from './account/register.ts'
import { resetByMail } from './account/reset-by-mail.ts'
import { verifyEmail } from './account/verify-email.ts'
import { getAvatar } from './avatar/get.ts'
import { removeAvatar, setAvatar } from './avatar/set.ts'
import { bindBots } from './bot-routes.ts'
import type { Context, Device } from './context.ts'
import { editProfile } from './profile/edit.ts'
import { findPeople } from './profile/find.ts'
import { getOwnProfile, getProfile } from './profile/get.ts'
import { browserOf } from './session/browser.ts'
import { endSession, logout, logoutBrowser } from './session/end.ts'
import { listSessions } from './session/list.ts'
import { login } from './session/login.ts'
import { openSession } from './session/open.ts'
import { refresh } from './session/refresh.ts'

export function bindRoutes(ctx: Context, binding: Binding): void {
  bindAppSessions(ctx, binding)
  bindWebSessions(ctx, binding)
  bindSessions(ctx, binding)
  bindProfiles(ctx, binding)
  bindMails(ctx, binding)
  bindBots(ctx, binding)
}

function bindAppSessions(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.register, async (call) => {
    const device = appOf(call)
    return openSession(ctx, await register(ctx, call.body, device), device)
  })
  bindRoute(binding, routes.login, (call) => login(ctx, call.body, appOf(call)))
  bindRoute(binding, routes.refresh, (call) => refresh(ctx, call.body.refreshToken, appOf(call)))
}

const appOf = ({ ip, userAgent }: Omit<Device, 'kind'>): Device => ({ ip, userAgent, kind: 'app' })

function bindWebSessions(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.webRegister, async (call) => {
    const { device, keep } = browserOf(ctx, call)
    return keep(201, await openSession(ctx, await register(ctx, call.body, device), device))
  })
  bindRoute(binding, routes.webLogin, async (call) => {
    const { device, keep } = browserOf(ctx, call)
    return keep(200, await login(ctx, call.body, device))
  })
  bindRoute(binding, routes.webRefresh, async (call) => {
    const { device, keep, refreshToken = '' } = browserOf(ctx, call)
    return keep(200, await refresh(ctx, refreshToken, device))
  })
  bindRoute(binding, routes.webLogout, async (call) => {
    const { forget, refreshToken } = browserOf(ctx, call)
    await logoutBrowser(ctx, refreshToken)
    return forget()
  })
}

function bindSessions(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.logout, ({ caller }) => logout(ctx, caller))
  bindRoute(binding, routes.listSessions, ({ caller, query }) => listSessions(ctx, caller, query))
  bindRoute(binding, routes.endSession, ({ caller, params }) => endSession(ctx, caller, params.id))
}

function bindMails(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.askPasswordReset, ({ body, ip }) => askReset(ctx, body.email, ip))
  bindRoute(binding, routes.resetPassword, ({ params, body, ip }) =>
    resetByMail(ctx, { token: params.token, password: body.newPassword, ip }),
  )
  bindRoute(binding, routes.askEmailVerification, ({ caller }) =>
    askVerification(ctx, caller.userId),
  )
  bindRoute(binding, routes.verifyEmail, ({ params, ip }) => verifyEmail(ctx, params.token, ip))
}

function bindProfiles(ctx: Context, binding: Binding): void {
  bindRoute(binding, routes.getOwnUser, ({ caller }) => getOwnProfile(ctx, caller.userId))
  bindRoute(binding, routes.updateOwnUser, ({ caller, body }) =>
    editProfile(ctx, caller.userId, body),
  )
  bindRoute(binding, routes.changePassword, ({ caller, body }) => changePassword(ctx, caller, body))
  bindRoute(binding, routes.setAvatar, ({ caller, body, query: { x, y, size } }) => {
    // The protocol has it that all are given, or none.
    const crop = x !== undefined && y !== undefined && size !== undefined && { x, y, size }
    return setAvatar(ctx, { userId: caller.userId, bytes: body, crop: crop || undefined })
  })
  bindRoute(binding, routes.removeAvatar, ({ caller }) => removeAvatar(ctx, caller.userId))
  bindRoute(binding, routes.getAvatar, ({ params }) => getAvatar(ctx, params.key))
  bindRoute(binding, routes.findUsers, ({ query }) => findPeople(ctx, query))
  bindRoute(binding, routes.getUser, ({ params }) => getProfile(ctx, params.id))
}
