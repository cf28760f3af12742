import { z } from 'zod'
import { route } from './route.ts'
import { emailSchema, newPasswordSchema } from './users.ts'

/** What a link in a mail holds. */
const mailToken = z.strictObject({ token: z.string().max(64) })

export const askPasswordReset = route({
  id: 'askPasswordReset',
  service: 'users',
  method: 'POST',
  path: '/api/users/password-resets',
  summary: 'Have a link sent by mail that sets a new password',
  auth: 'none',
  body: z.strictObject({ email: emailSchema }),
  answers: { 204: null },
  errors: [],
})
export const resetPassword = route({
  id: 'resetPassword',
  service: 'users',
  method: 'POST',
  path: '/api/users/password-resets/{token}',
  summary: 'Set a new password with the token of the mail; all sessions end',
  auth: 'none',
  params: mailToken,
  body: z.strictObject({ newPassword: newPasswordSchema }),
  answers: { 204: null },
  errors: ['not-found'],
})
export const askEmailVerification = route({
  id: 'askEmailVerification',
  service: 'users',
  method: 'POST',
  path: '/api/users/email-verifications',
  summary: 'Have the mail sent again that verifies my address',
  auth: 'token',
  answers: { 204: null },
  errors: ['conflict'],
})
export const verifyEmail = route({
  id: 'verifyEmail',
  service: 'users',
  method: 'POST',
  path: '/api/users/email-verifications/{token}',
  summary: 'Verify an e-mail address with the token of the mail',
  auth: 'none',
  params: mailToken,
  answers: { 204: null },
  errors: ['not-found'],
})
