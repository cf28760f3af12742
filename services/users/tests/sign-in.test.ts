import { routes } from '@chatapp/protocol'
import { memoryLimits } from '@chatapp/service-kit'
import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD, type World } from './world.ts'

const WRONG = 'not the password'
const attempt = (world: World, username: string, password: string) =>
  world.refusal(routes.login, { body: { username, password } })

test('people sign in with their name in any case', async () => {
  await using world = await openWorld()
  const { user } = await world.register('Alice')
  expect((await world.login('aLICE')).user).toEqual(user)
})

test('an unknown name, a wrong password and a deactivated account get one answer', async () => {
  await using world = await openWorld()
  await world.register('alice')
  await world.register('bob')
  await world.users.accounts.deactivate('bob')
  const answers = [
    await attempt(world, 'alice', WRONG),
    await attempt(world, 'nobody', WRONG),
    await attempt(world, 'bob', PASSWORD),
    await attempt(world, 'no\0body', WRONG),
  ].map(({ requestId, ...rest }) => rest)
  expect(answers[0]).toMatchObject({ status: 401, code: 'unauthenticated' })
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('an unknown name takes as long as a wrong password', async () => {
  await using world = await openWorld()
  await world.register('alice')
  const fastest = async (username: string) => {
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const start = performance.now()
      await attempt(world, username, WRONG)
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  // Without the hash it would be a fifth.
  expect(await fastest('nobody')).toBeGreaterThan((await fastest('alice')) / 2)
})

test('a password typed in another Unicode form is the same password', async () => {
  await using world = await openWorld()
  await world.register('alice', { password: 'cafe\u0301 au lait' })
  expect((await world.login('alice', 'caf\u00e9 au lait')).user.username).toBe('alice')
})

test('ten failures stop guesses at an account, whether there is one or not', async () => {
  await using world = await openWorld(memoryLimits)
  await world.register('alice')
  for (const username of ['alice', 'nobody']) {
    const answers = await Promise.all(
      Array.from({ length: 11 }, () =>
        world.send(routes.login, { body: { username, password: WRONG } }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
    const limited = answers.find((answer) => answer.status === 429)
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(await attempt(world, 'ALICE', PASSWORD)).toMatchObject({ code: 'rate-limited' })
})

test('a sign-in forgives the failures before it', async () => {
  await using world = await openWorld(memoryLimits)
  await world.register('alice')
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 9; i++) await attempt(world, 'alice', WRONG)
    await world.login('alice')
  }
})

test('a hash of an older cost is renewed at the next sign-in', async () => {
  await using world = await openWorld()
  await world.register('alice')
  const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1 })
  await world.sql`update users.users set password_hash = ${old}`
  await world.login('alice')
  const [row] = await world.sql`select password_hash from users.users`
  expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await world.login('alice')
})

test('the audit tells of sign-ins and failures, holds no secret and can only grow', async () => {
  await using world = await openWorld()
  const { user } = await world.register('alice')
  await attempt(world, 'alice', WRONG)
  await attempt(world, 'nobody', WRONG)
  const rows = await world.sql`select * from users.audit order by id`
  expect(rows.map((row) => [row.event, row.user_id])).toEqual([
    ['registered', user.id],
    ['signed-in', user.id],
    ['sign-in-failed', user.id],
    ['sign-in-failed', null],
  ])
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${WRONG}|${PASSWORD}|nobody`))
  await expect(world.sql`delete from users.audit`).rejects.toThrow('append-only')
})
