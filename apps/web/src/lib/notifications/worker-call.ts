/** What the service worker asks a page for. */
export type WorkerCall = OpenCall | { type: 'list' }

/** To show a message, with what could not be sent. */
export interface OpenCall {
  type: 'open'
  conversationId: string
  position: number
  draft?: string
}
