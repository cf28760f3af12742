import type { NotificationPreferences } from '@chatapp/protocol'
import { create } from 'zustand'
import { change } from '../chat/store.ts'
import { client } from '../session/client.ts'

const ON = 'chatapp.notifications'
const SOUND = 'chatapp.sound'

export type Permission = NotificationPermission | 'unsupported'

interface NotificationSettings {
  /** What the browser says. */
  permission: Permission
  /** Wanted on this device. */
  isOn: boolean
  hasSound: boolean
  /** What the account says for all devices; null until it is known. */
  account: NotificationPreferences | null
}

export const useNotificationSettings = create<NotificationSettings>(() => ({
  permission: currentPermission(),
  isOn: localStorage.getItem(ON) === 'on',
  hasSound: localStorage.getItem(SOUND) !== 'off',
  account: null,
}))

/** Must be called by a click: browsers refuse to ask otherwise, and rightly so. */
export async function turnNotificationsOn(): Promise<void> {
  if (!('Notification' in globalThis)) return
  const permission = await Notification.requestPermission()
  const isOn = permission === 'granted'
  localStorage.setItem(ON, isOn ? 'on' : 'off')
  useNotificationSettings.setState({ permission, isOn })
}

export function turnNotificationsOff(): void {
  localStorage.setItem(ON, 'off')
  useNotificationSettings.setState({ isOn: false })
}

export function setSound(hasSound: boolean): void {
  localStorage.setItem(SOUND, hasSound ? 'on' : 'off')
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

/** Words that notify like a mention does. @throws {ChatError | NetworkError} */
export async function setKeywords(keywords: string[]): Promise<void> {
  show(await client.notifications.updatePreferences({ keywords }))
}

function show(account: NotificationPreferences): void {
  useNotificationSettings.setState({ account })
  change((state) => ({ ...state, keywords: account.keywords }))
}

function currentPermission(): Permission {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported'
}
