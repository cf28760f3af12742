import type { Addressee, MessageNotice, NotificationPreferences } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { type Decision, decide } from '../deciding/policy.ts'

/** What was decided about one message for one person. */
export interface Judged {
  message: MessageNotice
  userId: string
  /** The devices that are to show it. */
  subscriptionIds: string[]
  decision: Decision
}

interface Person {
  subscriptionIds: string[]
  preferences: Pick<NotificationPreferences, 'doNotDisturb' | 'keywords'>
}

/** People without a subscribed device need no decision: they see it when they look. */
export async function judge(context: Context, messages: MessageNotice[]): Promise<Judged[]> {
  const ids = messages.flatMap(({ addressees }) => addressees.map(({ userId }) => userId))
  const people = await findPeople(context, [...new Set(ids)])
  return messages.flatMap((message) =>
    message.addressees.flatMap((addressee) => {
      const person = people.get(addressee.userId)
      return person ? [judgeOne(context, { message, addressee, person })] : []
    }),
  )
}

async function findPeople({ sql }: Context, userIds: string[]): Promise<Map<string, Person>> {
  if (userIds.length === 0) return new Map()
  const rows = await sql<
    {
      user_id: string
      ids: string[]
      do_not_disturb: NotificationPreferences['doNotDisturb'] | null
      keywords: string[] | null
    }[]
  >`
    select s.user_id, array_agg(s.id::text) as ids, p.do_not_disturb, p.keywords
    from notifications.subscriptions s left join notifications.preferences p using (user_id)
    where s.user_id = any(${userIds}::uuid[])
    group by s.user_id, p.do_not_disturb, p.keywords`
  return new Map(
    rows.map((row) => [
      row.user_id,
      {
        subscriptionIds: row.ids,
        preferences: { doNotDisturb: row.do_not_disturb, keywords: row.keywords ?? [] },
      },
    ]),
  )
}

interface Case {
  message: MessageNotice
  addressee: Addressee
  person: Person
}

function judgeOne({ screens, now }: Context, { message, addressee, person }: Case): Judged {
  const { userId } = addressee
  const decision = decide({
    message: { ...message, sentAt: Date.parse(message.sentAt) },
    addressee,
    preferences: person.preferences,
    devices: {
      subscribed: person.subscriptionIds.length,
      screen: screens.shows(userId, message.conversationId) ? 'shows-it' : 'elsewhere',
    },
    now: now(),
  })
  return { message, userId, subscriptionIds: person.subscriptionIds, decision }
}
