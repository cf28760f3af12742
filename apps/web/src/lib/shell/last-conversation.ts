const KEY = 'chatapp.lastConversation'

export function lastConversationId(): string | null {
  return localStorage.getItem(KEY)
}

export function rememberConversation(id: string): void {
  localStorage.setItem(KEY, id)
}
