/** What the tabs of this browser tell each other by locks, which end with the tab that holds them. */
const NOTIFIER = 'chatapp.notifier'
const ON_SCREEN = 'chatapp.on-screen.'

/** Waits until this tab is the one that notifies, and stays so until aborted. */
export function becomeNotifier(signal: AbortSignal, onTurn: () => void): void {
  hold(NOTIFIER, { signal, mode: 'exclusive' }, onTurn)
}

/** Tells that a conversation is being looked at, until aborted. */
export function tellOnScreen(conversationId: string, signal: AbortSignal): void {
  hold(ON_SCREEN + conversationId, { signal, mode: 'shared' }, () => {})
}

/** In any tab. */
export async function isOnScreen(conversationId: string): Promise<boolean> {
  const { held } = await navigator.locks.query()
  return held?.some(({ name }) => name === ON_SCREEN + conversationId) ?? false
}

interface Holding {
  signal: AbortSignal
  mode: LockMode
}

function hold(name: string, { signal, mode }: Holding, onTurn: () => void): void {
  const request = navigator.locks.request(name, { mode, signal }, () => {
    onTurn()
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  })
  // Aborted before its turn.
  request.catch(() => {})
}
