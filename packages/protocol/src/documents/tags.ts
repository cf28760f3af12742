import type { Route } from '../http/route.ts'

/** The chapters of the REST side, in the order of reading. */
export const tags = {
  users: 'Accounts, sessions and profiles.',
  conversations: 'Direct conversations and groups, and who is in them.',
  messages: 'Sending, history, receipts, sync, search and activity.',
  notifications: 'Push messages to devices, and when to leave people in peace.',
  integrations: 'Webhooks in both directions, and bots: accounts of programs.',
  operations: 'Opening a socket, health and these documents.',
} as const
export type TagName = keyof typeof tags

export function tagOf({ service, path }: Route): TagName {
  if (service === 'gateway') return 'operations'
  if (path.startsWith('/api/bots')) return 'integrations'
  if (service !== 'messages') return service
  if (/^\/api\/(web)?hooks/.test(path)) return 'integrations'
  const isAboutMembers = /^\/api\/(conversations|participant|messages\/member)/.test(path)
  return isAboutMembers ? 'conversations' : 'messages'
}
