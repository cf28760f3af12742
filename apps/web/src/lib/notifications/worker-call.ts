/** What the service worker asks a page for: to show a message, with what could not be sent. */
export interface WorkerCall {
  type: 'open'
  conversationId: string
  position: number
  draft?: string
}
