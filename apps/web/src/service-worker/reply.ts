import { ask, getAccess } from './session.ts'

const TRIES = 3

/** Sends as often as it takes, once as the client id says. @throws when the last try fails */
export async function sendReply(conversationId: string, data: string): Promise<void> {
  const body = { conversationId, data, clientId: crypto.randomUUID() }
  for (let tries = 1; ; tries += 1) {
    try {
      const accessToken = await getAccess()
      await ask('/api/messages/send', { method: 'POST', body, accessToken })
      return
    } catch (error) {
      if (tries === TRIES) throw error
    }
  }
}
