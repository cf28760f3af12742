import type { Preferences } from '@chatapp/protocol'
import i18next from 'i18next'
import { showSelf } from '../chat/actions.ts'
import { hidesReads } from '../chat/members.ts'
import { forgetMembers } from '../chat/members-in-sight.ts'
import { chat } from '../chat/store.ts'
import { LANGUAGES, type Language, setLanguage } from '../i18n/i18n.ts'
import { client } from '../session/client.ts'
import { showNotice } from '../shell/shell.ts'
import { setDensity, setTheme } from '../theme/theme.ts'

/** What is chosen in the account holds on every device, also when it is chosen while this one is on. */
export function followPreferences(): void {
  apply(chat.getState().self?.preferences)
  chat.subscribe(({ self }, before) => {
    if (!self || self.preferences === before.self?.preferences) return
    apply(self.preferences)
    if (before.self && hidesReads(self) !== hidesReads(before.self)) forgetMembers()
  })
}

/** Holds here at once, and on the other devices when the server knows. */
export async function savePreferences(chosen: Preferences): Promise<void> {
  apply(chosen)
  try {
    showSelf(await client.users.updateMe({ preferences: chosen }))
  } catch {
    showNotice(i18next.t('keptHere', { ns: 'settings' }))
  }
}

/** Not before the server knows: it is a promise to the person. @throws {ChatError | NetworkError} */
export async function setReadReceipts(isOn: boolean): Promise<void> {
  showSelf(await client.users.updateMe({ preferences: { readReceipts: isOn } }))
}

function apply(preferences: Preferences | undefined): void {
  if (!preferences) return
  const { theme, density, language } = preferences
  if (theme) setTheme(theme)
  if (density) setDensity(density)
  if (language && isLanguage(language)) void setLanguage(language)
}

function isLanguage(code: string): code is Language {
  return code in LANGUAGES
}
