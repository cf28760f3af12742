import { z } from 'zod'
import { AVATAR_MAX_BYTES } from '../limits.ts'
import {
  bytesSchema,
  codePoints,
  idSchema,
  lineSchema,
  listOf,
  pageQuery,
  queryNumber,
} from '../primitives.ts'
import {
  deviceSchema,
  ownUserSchema,
  preferencesSchema,
  sessionSchema,
  userSchema,
  webSessionSchema,
} from '../shapes.ts'
import { route } from './route.ts'

export const usernameSchema = z
  .string('must be 3 to 32 letters, digits or . _ -')
  .regex(/^[A-Za-z0-9._-]{3,32}$/, 'must be 3 to 32 letters, digits or . _ -')
export const newPasswordSchema = z
  .string('must be 8 to 128 characters')
  .refine(
    (s) => s.length <= 512 && codePoints(s) >= 8 && codePoints(s) <= 128,
    'must be 8 to 128 characters',
  )
  .refine((s) => s.isWellFormed() && !s.includes('\0'), 'must be well-formed text')
  .meta({ minLength: 8, maxLength: 128 })
/** What is compared may be anything that could have been a password. */
const givenPasswordSchema = z.string('must be text').max(512, 'must be at most 512 characters')
export const displayNameSchema = lineSchema(64)
export const emailSchema = z
  .email('must be an e-mail address')
  .max(254, 'must be at most 254 characters')
const bioSchema = z
  .string('must be text of at most 500 characters')
  .refine((s) => s.length <= 1000 && codePoints(s) <= 500, 'must be at most 500 characters')
  .refine((s) => s.isWellFormed() && !s.includes('\0'), 'must be well-formed text')
  .meta({ maxLength: 500 })
const userId = z.strictObject({ id: idSchema })
const registrationSchema = z.strictObject({
  username: usernameSchema,
  password: newPasswordSchema,
  displayName: displayNameSchema.optional(),
  email: emailSchema.optional(),
})
const credentialsSchema = z.strictObject({
  username: z.string('must be text').max(256, 'must be at most 256 characters'),
  password: givenPasswordSchema,
})

export const register = route({
  id: 'register',
  service: 'users',
  method: 'POST',
  path: '/api/users/register',
  summary: 'Create an account and sign in',
  auth: 'none',
  body: registrationSchema,
  answers: { 201: sessionSchema },
  errors: ['conflict'],
})
export const login = route({
  id: 'login',
  service: 'users',
  method: 'POST',
  path: '/api/users/login',
  summary: 'Sign in',
  auth: 'none',
  body: credentialsSchema,
  answers: { 200: sessionSchema },
  errors: ['unauthenticated'],
})
export const refresh = route({
  id: 'refresh',
  service: 'users',
  method: 'POST',
  path: '/api/users/refresh',
  summary: 'Exchange a refresh token for a new pair; using an old one again ends the session',
  auth: 'none',
  body: z.strictObject({ refreshToken: z.string('must be a refresh token').max(256) }),
  answers: { 200: sessionSchema },
  errors: ['unauthenticated'],
})
export const logout = route({
  id: 'logout',
  service: 'users',
  method: 'POST',
  path: '/api/users/logout',
  summary: 'End this session and close its sockets',
  auth: 'token',
  answers: { 204: null },
  errors: [],
})
export const webRegister = route({
  id: 'webRegister',
  service: 'users',
  method: 'POST',
  path: '/api/users/web/register',
  summary: 'Create an account and sign a browser in',
  auth: 'none',
  body: registrationSchema,
  answers: { 201: webSessionSchema },
  errors: ['forbidden', 'conflict'],
})
export const webLogin = route({
  id: 'webLogin',
  service: 'users',
  method: 'POST',
  path: '/api/users/web/login',
  summary: 'Sign a browser in',
  auth: 'none',
  body: credentialsSchema,
  answers: { 200: webSessionSchema },
  errors: ['unauthenticated', 'forbidden'],
})
export const webRefresh = route({
  id: 'webRefresh',
  service: 'users',
  method: 'POST',
  path: '/api/users/web/refresh',
  summary: 'A new access token for the browser whose cookie this is',
  auth: 'none',
  answers: { 200: webSessionSchema },
  errors: ['unauthenticated', 'forbidden'],
})
export const webLogout = route({
  id: 'webLogout',
  service: 'users',
  method: 'POST',
  path: '/api/users/web/logout',
  summary: 'End the session of the browser’s cookie and clear it',
  auth: 'none',
  answers: { 204: null },
  errors: ['forbidden'],
})
export const listSessions = route({
  id: 'listSessions',
  service: 'users',
  method: 'GET',
  path: '/api/users/sessions',
  summary: 'My signed-in devices',
  auth: 'token',
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(deviceSchema) },
  errors: [],
})
export const endSession = route({
  id: 'endSession',
  service: 'users',
  method: 'DELETE',
  path: '/api/users/sessions/{id}',
  summary: 'Sign a device out',
  auth: 'token',
  params: userId,
  answers: { 204: null },
  errors: ['not-found'],
})
export const getOwnUser = route({
  id: 'getOwnUser',
  service: 'users',
  method: 'GET',
  path: '/api/user',
  summary: 'My profile',
  auth: 'token',
  answers: { 200: ownUserSchema },
  errors: [],
})
export const updateOwnUser = route({
  id: 'updateOwnUser',
  service: 'users',
  method: 'PUT',
  path: '/api/user',
  summary: 'Change my profile; only the fields given change, null clears the e-mail address',
  auth: 'token',
  body: z.strictObject({
    displayName: displayNameSchema.optional(),
    email: emailSchema.nullable().optional(),
    bio: bioSchema.optional(),
    preferences: preferencesSchema.optional().describe('The keys given are replaced, others stay.'),
  }),
  answers: { 200: ownUserSchema },
  errors: [],
})
export const changePassword = route({
  id: 'changePassword',
  service: 'users',
  method: 'PUT',
  path: '/api/user/password',
  summary: 'Change my password; other sessions end',
  auth: 'token',
  body: z.strictObject({ currentPassword: givenPasswordSchema, newPassword: newPasswordSchema }),
  answers: { 204: null },
  errors: ['forbidden'],
})
const cropSchema = z
  .strictObject({
    x: queryNumber(0).optional(),
    y: queryNumber(0).optional(),
    size: queryNumber(1).optional(),
  })
  .refine(
    ({ x, y, size }) => new Set([x, y, size].map((given) => given === undefined)).size === 1,
    'give all of x, y and size, or none',
  )

export const setAvatar = route({
  id: 'setAvatar',
  service: 'users',
  method: 'PUT',
  path: '/api/user/avatar',
  summary: 'Set my picture; the middle of it, or the square that x, y and size cut out',
  auth: 'token',
  query: cropSchema,
  body: bytesSchema,
  upload: {
    types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
    maxBytes: AVATAR_MAX_BYTES,
  },
  answers: { 200: ownUserSchema },
  errors: ['too-large', 'unsupported-media-type', 'overloaded'],
})
export const removeAvatar = route({
  id: 'removeAvatar',
  service: 'users',
  method: 'DELETE',
  path: '/api/user/avatar',
  summary: 'Remove my picture',
  auth: 'token',
  answers: { 200: ownUserSchema },
  errors: [],
})
export const getAvatar = route({
  id: 'getAvatar',
  service: 'users',
  method: 'GET',
  path: '/api/avatars/{key}',
  summary: 'A picture, 256 pixels square',
  auth: 'none',
  params: z.strictObject({ key: z.string().max(64) }),
  answers: { 200: bytesSchema },
  download: 'image/webp',
  errors: ['not-found'],
})
export const findUsers = route({
  id: 'findUsers',
  service: 'users',
  method: 'GET',
  path: '/api/users',
  summary: 'People whose name or display name begins with the query',
  auth: 'token',
  query: z.strictObject({
    query: z.string('must be text').max(64, 'must be at most 64 characters').default(''),
    ...pageQuery,
  }),
  answers: { 200: listOf(userSchema) },
  errors: [],
})
export const getUser = route({
  id: 'getUser',
  service: 'users',
  method: 'GET',
  path: '/api/users/{id}',
  summary: 'One person',
  auth: 'token',
  params: userId,
  answers: { 200: userSchema },
  errors: ['not-found'],
})
