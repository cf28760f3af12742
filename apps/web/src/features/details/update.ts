import { ChatError } from '@chatapp/protocol'
import i18next from 'i18next'
import { showConversation } from '../../lib/chat/actions.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { client } from '../../lib/session/client.ts'
import { showNotice } from '../../lib/shell/shell.ts'

type Settings = Parameters<typeof client.conversations.update>[1]

/** True when the server has taken it; else a notice says why not. */
export function updateConversation(id: string, settings: Settings): Promise<boolean> {
  return attempt(async () => showConversation(await client.conversations.update(id, settings)))
}

/** Does it, or says why it did not work. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    // The one conflict there is among members and roles.
    const isLastOwner = error instanceof ChatError && error.code === 'conflict'
    showNotice(isLastOwner ? i18next.t('lastOwner', { ns: 'details' }) : problemText(error))
    return false
  }
}
