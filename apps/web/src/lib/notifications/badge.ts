import { create } from 'zustand'
import { noteDevice } from '../storage/device.ts'

const BADGE = 'chatapp.badge'

const chosenHere = () => ({ hasBadge: localStorage.getItem(BADGE) !== 'off' })

/** Whether the tab and the icon of the installed app count what is unread, on this device. */
export const useBadge = create(chosenHere)

// Switched in another tab.
window.addEventListener('storage', ({ key }) => key === BADGE && useBadge.setState(chosenHere()))

export function setBadge(hasBadge: boolean): void {
  localStorage.setItem(BADGE, hasBadge ? 'on' : 'off')
  void noteDevice({ hasBadge })
  useBadge.setState({ hasBadge })
}
