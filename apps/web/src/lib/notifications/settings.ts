import type { DigestPeriod, NotificationPreferences } from '@chatapp/protocol'
import { create } from 'zustand'
import { change } from '../chat/store.ts'
import { client } from '../session/client.ts'
import { noteDevice } from '../storage/device.ts'
import { forgetPush, PUSH, type Push, rememberedPush, startPush, stopPush } from './push.ts'

const ON = 'chatapp.notifications'
const SOUND = 'chatapp.sound'

export type Permission = NotificationPermission | 'unsupported'

interface NotificationSettings {
  /** What the browser says. */
  permission: Permission
  /** Wanted on this device. */
  isOn: boolean
  hasSound: boolean
  /** How they come while ChatApp is closed. */
  push: Push
  /** What the account says for all devices; null until it is known. */
  account: NotificationPreferences | null
}

export const useNotificationSettings = create<NotificationSettings>(() => ({
  ...chosenHere(),
  account: null,
}))

// Switched in another tab.
window.addEventListener('storage', ({ key }) => {
  if (key === ON || key === SOUND || key === PUSH) useNotificationSettings.setState(chosenHere())
})

/** Must be called by a click: browsers refuse to ask otherwise, and rightly so. */
export async function turnNotificationsOn(): Promise<void> {
  if (!('Notification' in globalThis)) return
  const permission = await Notification.requestPermission()
  const isOn = permission === 'granted'
  localStorage.setItem(ON, isOn ? 'on' : 'off')
  useNotificationSettings.setState({ permission, isOn })
}

/** Subscribes anew where that is wanted: browsers and servers may have lost it. */
export async function resumePush(): Promise<void> {
  const push = await startPush()
  // Switched off meanwhile.
  if (useNotificationSettings.getState().isOn) useNotificationSettings.setState({ push })
  else await stopPush()
}

/** @throws {ChatError | NetworkError} when only this device knows of it */
export async function turnNotificationsOff(): Promise<void> {
  switchOff()
  await stopPush()
}

/** Whoever signs in here next has chosen nothing yet. */
export async function forgetNotifications(): Promise<void> {
  switchOff()
  await forgetPush()
  await navigator.clearAppBadge?.().catch(() => {})
}

function switchOff(): void {
  localStorage.setItem(ON, 'off')
  useNotificationSettings.setState({ isOn: false, push: { kind: 'off' } })
}

export function setSound(hasSound: boolean): void {
  localStorage.setItem(SOUND, hasSound ? 'on' : 'off')
  void noteDevice({ hasSound })
  useNotificationSettings.setState({ hasSound })
}

/** @throws {ChatError | NetworkError} */
export async function loadAccountSettings(): Promise<void> {
  show(await client.notifications.preferences())
}

/** @throws {ChatError | NetworkError} */
export async function setPreview(payload: NotificationPreferences['payload']): Promise<void> {
  show(await client.notifications.updatePreferences({ payload }))
}

/** Null: none. @throws {ChatError | NetworkError} */
export async function setQuietHours(hours: NotificationPreferences['doNotDisturb']): Promise<void> {
  show(await client.notifications.updatePreferences({ doNotDisturb: hours ?? 'off' }))
}

/** How long I am away before a mail tells me what I have missed. @throws {ChatError | NetworkError} */
export async function setDigest(chosen: DigestPeriod | 'off'): Promise<void> {
  const choice = chosen === 'off' ? { digest: false } : { digest: true, digestEvery: chosen }
  show(await client.notifications.updatePreferences(choice))
}

/** Words that notify like a mention does. @throws {ChatError | NetworkError} */
export async function setKeywords(keywords: string[]): Promise<void> {
  show(await client.notifications.updatePreferences({ keywords }))
}

function show(account: NotificationPreferences): void {
  useNotificationSettings.setState({ account })
  change((state) => ({ ...state, keywords: account.keywords }))
}

function chosenHere(): Omit<NotificationSettings, 'account'> {
  return {
    permission: currentPermission(),
    isOn: localStorage.getItem(ON) === 'on',
    hasSound: localStorage.getItem(SOUND) !== 'off',
    push: rememberedPush(),
  }
}

function currentPermission(): Permission {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported'
}
