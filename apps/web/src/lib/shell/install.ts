import { create } from 'zustand'

/** What some browsers offer once; the types of the DOM do not know it. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>
}

/** Whether the browser would install the client as an app of its own. */
export const useInstallOffer = create<{ offer: InstallOffer | null }>(() => ({ offer: null }))

/** Keeps the offer for whoever looks for it, instead of a bar that asks everybody. */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    // By its name it is one.
    useInstallOffer.setState({ offer: event as InstallOffer })
  })
  addEventListener('appinstalled', () => useInstallOffer.setState({ offer: null }))
}

/** The browser asks once more itself. An offer is good for one time. */
export async function install(): Promise<void> {
  const { offer } = useInstallOffer.getState()
  useInstallOffer.setState({ offer: null })
  await offer?.prompt()
}
