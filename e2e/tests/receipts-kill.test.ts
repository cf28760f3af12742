import {
  createTestDatabase,
  hasRedis,
  rawSocket,
  type SplitProcess,
  settle,
  spawnSplit,
} from '@chatapp/dev-env'
import { type Client, createClient } from '@chatapp/sdk'
import { connectPostgres, type Sql } from '@chatapp/service-kit'
import { expect, test } from 'vitest'

test.skipIf(!hasRedis())(
  'a receipt is told though the process that stored it dies between the commit and the telling',
  async () => {
    await using database = await createTestDatabase()
    await using split = await spawnSplit(database)
    const [alice, bob] = [await signUp(split.urls[0], 'alice'), await signUp(split.urls[1], 'bob')]
    await using _alice = alice
    await using _bob = bob
    const room = await alice.conversations.create({ title: 'Plans', userIds: [idOf(bob)] })
    const { position } = await alice.messages.send({ conversationId: room.id, data: 'read?' })
    await using hers = rawSocket(split.urls[0] ?? '', alice.session?.accessToken)
    await using his = rawSocket(split.urls[1] ?? '', bob.session?.accessToken)
    await hers.next('welcome')
    await his.next('welcome')
    await using postgres = await connectPostgres({
      target: database.admin,
      name: 'tests',
      maxConnections: 3,
    })
    await using held = await holdCommits(postgres.sql)
    his.send({ type: 'read', conversationId: room.id, position })
    await settle('a commit waits', () => isWaiting(postgres.sql), 20_000)
    const storing = await settle('who waits is known', () => findStoring(split.processes))
    storing.signal('SIGKILL')
    await storing.exit
    await held.letGo()
    const receipt = await hers.next(
      'receipt',
      (frame) => frame.userId === idOf(bob) && frame.kind === 'read',
    )
    expect(receipt.position).toBe(position)
    expect((await his.next('receipt', ({ kind }) => kind === 'read')).position).toBe(position)
    const stored = await postgres.sql`
      select 1 from messages.status_advances
      where conversation_id = ${room.id} and user_id = ${idOf(bob)} and kind = 'read'`
    expect(stored).toHaveLength(1)
  },
  120_000,
)

const idOf = ({ session }: Client) => session?.user.id ?? ''

async function signUp(url = '', username = ''): Promise<Client> {
  const client = createClient({ url })
  await client.users.register({ username, password: 'a pass phrase for tests' })
  return client
}

/** Lets receipts be stored, but not committed until it lets go; nothing of the product takes this lock. */
async function holdCommits(sql: Sql) {
  await sql`
    create function public.hold() returns trigger language plpgsql as $$
    begin
      perform set_config('lock_timeout', '0', true);
      perform pg_advisory_xact_lock_shared(4711);
      return null;
    end $$`
  await sql`
    create constraint trigger hold after insert on messages.status_advances
    deferrable initially deferred for each row execute function public.hold()`
  const holder = await sql.reserve()
  await holder`select pg_advisory_lock(4711)`
  const letGo = async () => {
    await holder`select pg_advisory_unlock_all()`
  }
  return {
    letGo,
    async [Symbol.asyncDispose]() {
      await letGo()
      holder.release()
    },
  }
}

async function isWaiting(sql: Sql): Promise<boolean> {
  const waiting = await sql`
    select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`
  return waiting.length > 0
}

/** The process whose one connection for receipts is in use. */
async function findStoring(processes: SplitProcess[]): Promise<SplitProcess | undefined> {
  for (const one of processes.filter(({ part }) => part === 'messages')) {
    const metrics = await (await fetch(`${one.url}/metrics`)).text()
    if (
      /^chatapp_database_connections\{.*pool="messages cursors",state="busy".*\} 1$/m.test(metrics)
    )
      return one
  }
  return undefined
}
