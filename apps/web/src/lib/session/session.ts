import { isRetryable } from '@chatapp/sdk'
import { create } from 'zustand'
import { connect, disconnect } from '../chat/live.ts'
import { change, chat, clearChat } from '../chat/store.ts'
import { forgetKept, keep, loadKept } from '../storage/kept-state.ts'
import { client, onSession } from './client.ts'

export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out'

interface SessionState {
  status: SessionStatus
  /** Signed out, but not by what one did here: from another device, or the session had run out. */
  isEndedElsewhere: boolean
}

export const useSession = create<SessionState>(() => ({
  status: 'unknown',
  isEndedElsewhere: false,
}))

const KEEP_PAUSE_MS = 1_000
let starting: Promise<SessionStatus> | null = null
let isLeaving = false

/** Goes on with the session of the last visit. Resolves as soon as there is something to show. */
export function startSession(): Promise<SessionStatus> {
  starting ??= resume()
  return starting
}

/** @throws {ChatError | NetworkError} */
export async function signIn(username: string, password: string): Promise<void> {
  await client.users.login({ username, password })
  await begin()
}

/** @throws {ChatError | NetworkError} */
export async function register(username: string, password: string): Promise<void> {
  await client.users.register({ username, password })
  await begin()
}

/** Ends the session here, and on the server when it can be reached. */
export async function signOut(): Promise<void> {
  isLeaving = true
  await client.users.logout().catch((error: unknown) => {
    if (!isRetryable(error)) throw error
  })
  await client.setSession(null)
}

async function resume(): Promise<SessionStatus> {
  listen()
  const kept = await loadKept()
  if (kept?.self) {
    // As of the last visit, at once and also offline; the first refresh tells whether it still holds.
    change((state) => ({ ...state, ...kept, loaded: 'kept' }))
    await client.setSession({ user: kept.self, accessToken: '', refreshToken: '', expiresIn: 0 })
    start()
    return 'signed-in'
  }
  try {
    const session = await client.users.resume()
    if (session) await begin()
    else become('signed-out')
  } catch (error) {
    if (!isRetryable(error)) throw error
    become('signed-out')
  }
  return useSession.getState().status
}

/** Somebody has just signed in: what another person left here goes. */
async function begin(): Promise<void> {
  const user = client.session?.user ?? null
  if (user && chat.getState().self?.id !== user.id) {
    await forgetKept()
    clearChat()
  }
  change((state) => ({ ...state, self: user }))
  start()
}

function start(): void {
  connect()
  become('signed-in')
}

function listen(): void {
  onSession((session) => {
    const { self } = chat.getState()
    if (!session) void end()
    else if (self?.id === session.user.id) change((state) => ({ ...state, self: session.user }))
    else if (self) location.reload()
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (useSession.getState().status === 'signed-in') void keep(chat.getState())
  }
  chat.subscribe(() => {
    timer ??= setTimeout(save, KEEP_PAUSE_MS)
  })
  addEventListener('pagehide', save)
}

async function end(): Promise<void> {
  if (useSession.getState().status !== 'signed-in') return
  useSession.setState({ status: 'signed-out', isEndedElsewhere: !isLeaving })
  isLeaving = false
  await disconnect()
  clearChat()
  await forgetKept()
}

function become(status: SessionStatus): void {
  useSession.setState({ status, isEndedElsewhere: false })
}
