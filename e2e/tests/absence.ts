import { type MailServer, type Person, type Product, settle } from '@chatapp/dev-env'
import { connectPostgres } from '@chatapp/service-kit'

const PATIENCE_MS = 60_000

/** The last one of these mails to the address. */
const untilMail = (mail: MailServer, to: string, text: RegExp) =>
  settle(
    `mail to ${to}`,
    () => mail.mails.findLast((one) => one.to === to && text.test(one.text)),
    PATIENCE_MS,
  )

/** Gives the person an address and follows the link there; resolves to the address. */
export async function verifyAddress(
  mail: MailServer,
  { client, username }: Pick<Person, 'client' | 'username'>,
) {
  const address = `${username}@example.org`
  await client.users.updateMe({ email: address })
  const { text } = await untilMail(mail, address, /verify-email#/)
  await client.users.verifyEmail(/#([\w-]{43})/.exec(text)?.[1] ?? 'none')
  return address
}

export interface Waiting {
  waiting: boolean
  seen: boolean
}

/** What is known of somebody who may have missed something. */
export async function findWaiting(product: Product, person: Person): Promise<Waiting | undefined> {
  return inDatabase(product, person, async (sql, userId) => {
    const [row] = await sql<Waiting[]>`
      select waiting_since is not null as waiting, seen_at is not null as seen
      from notifications.digests where user_id = ${userId}`
    return row
  })
}

/** Whatever the person was seen or began to miss a moment ago was a day ago. */
export const letADayPass = (product: Product, person: Person) =>
  inDatabase(
    product,
    person,
    (sql, userId) => sql`
      update notifications.digests
      set waiting_since = waiting_since - interval '1 day', look_at = now(),
        seen_at = seen_at - interval '1 day', sent_at = sent_at - interval '1 day'
      where user_id = ${userId}
        and greatest(waiting_since, seen_at, sent_at) > now() - interval '2 hours'`,
  )

const DIGEST = /Open ChatApp/

export const findDigest = (mail: MailServer, address: string) =>
  mail.mails.findLast(({ to, text }) => to === address && DIGEST.test(text))

interface Away {
  mail: MailServer
  product: Product
  person: Person
}

/** Days go by until the person is told what they have missed. */
export const untilDigest = ({ mail, product, person }: Away) =>
  settle(
    'the digest',
    async () => {
      await letADayPass(product, person)
      return findDigest(mail, `${person.username}@example.org`)
    },
    PATIENCE_MS,
  )

type Sql = Awaited<ReturnType<typeof connectPostgres>>['sql']

async function inDatabase<T>(
  { database }: Product,
  { session }: Person,
  run: (sql: Sql, userId: string) => PromiseLike<T>,
): Promise<T> {
  await using postgres = await connectPostgres({ target: database.admin, name: 'tests' })
  return await run(postgres.sql, session.user.id)
}
