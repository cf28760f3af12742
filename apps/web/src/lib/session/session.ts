import type { OwnUser } from '@chatapp/protocol'
import { isRetryable, type SavedSession } from '@chatapp/sdk'
import { create } from 'zustand'
import { connect, disconnect } from '../chat/live.ts'
import { change, chat, clearChat } from '../chat/store.ts'
import { forgetNotifications } from '../notifications/settings.ts'
import { forgetSearches } from '../shell/searches.ts'
import { forgetKept, keep, keepDrafts, loadKept } from '../storage/kept-state.ts'
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
/** Set from the wish to sign out until the server knows of it: offline the cookie stays. */
const SIGNING_OUT = 'chatapp.signingOut'
/** The tabs of a browser have one session: signing out is for all of them. */
const tabs = new BroadcastChannel('chatapp.session')
let starting: Promise<SessionStatus> | null = null
let isLeaving = false

/** Goes on with the session of the last visit. Resolves as soon as there is something to show. */
export function startSession(): Promise<SessionStatus> {
  starting ??= resume()
  return starting
}

/** @throws {ChatError | NetworkError} */
export async function signIn(username: string, password: string): Promise<void> {
  await begin(await client.users.login({ username, password }))
}

/** @throws {ChatError | NetworkError} */
export async function register(username: string, password: string): Promise<void> {
  await begin(await client.users.register({ username, password }))
}

/** Ends the session here, and on the server when it can be reached. */
export async function signOut(): Promise<void> {
  isLeaving = true
  localStorage.setItem(SIGNING_OUT, 'true')
  tabs.postMessage(client.session?.user.id)
  try {
    await client.users.logout()
    localStorage.removeItem(SIGNING_OUT)
  } catch (error) {
    if (isRetryable(error)) return client.setSession(null)
    localStorage.removeItem(SIGNING_OUT)
    throw error
  }
}

async function resume(): Promise<SessionStatus> {
  listen()
  const kept = await loadKept()
  if (kept?.self && !localStorage.getItem(SIGNING_OUT)) {
    // As of the last visit, at once and also offline; the first refresh tells whether it still holds.
    change((state) => ({ ...state, ...kept, loaded: 'kept' }))
    await client.setSession({ user: kept.self, accessToken: '', refreshToken: '', expiresIn: 0 })
    start(kept.self)
    return 'signed-in'
  }
  try {
    const session = await client.users.resume()
    if (session && !localStorage.getItem(SIGNING_OUT)) await begin(session)
    else await leave(session)
  } catch (error) {
    if (!isRetryable(error)) throw error
    become('signed-out')
  }
  return useSession.getState().status
}

/** What the server did not hear when somebody signed out offline. */
async function leave(session: SavedSession | null): Promise<void> {
  if (session) await client.users.logout()
  localStorage.removeItem(SIGNING_OUT)
  become('signed-out')
}

/** Somebody has just signed in: what another person left here goes. */
async function begin(session: SavedSession): Promise<void> {
  localStorage.removeItem(SIGNING_OUT)
  const { user } = session
  if (chat.getState().self?.id !== user.id) {
    await forgetKept()
    clearChat()
  }
  change((state) => ({ ...state, self: user }))
  // A page that is reloaded offline right away goes on as well.
  void keep(chat.getState())
  start(user)
}

function start(user: OwnUser): void {
  connect(user.id)
  become('signed-in')
}

function listen(): void {
  onSession((session) => {
    const { self } = chat.getState()
    if (!session) void end()
    else if (self?.id === session.user.id) change((state) => ({ ...state, self: session.user }))
    else if (self) location.reload()
  })
  tabs.onmessage = ({ data: userId }) => {
    if (userId !== client.session?.user.id) return
    isLeaving = true
    void client.setSession(null)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (useSession.getState().status === 'signed-in') void keep(chat.getState())
  }
  chat.subscribe(() => {
    timer ??= setTimeout(save, KEEP_PAUSE_MS)
  })
  addEventListener('pagehide', () => {
    if (useSession.getState().status === 'signed-in') keepDrafts(chat.getState())
    save()
  })
}

async function end(): Promise<void> {
  if (useSession.getState().status !== 'signed-in') return
  useSession.setState({ status: 'signed-out', isEndedElsewhere: !isLeaving })
  isLeaving = false
  await disconnect()
  clearChat()
  forgetSearches()
  await Promise.all([forgetKept(), forgetNotifications().catch(() => {})])
}

function become(status: SessionStatus): void {
  useSession.setState({ status, isEndedElsewhere: false })
}
