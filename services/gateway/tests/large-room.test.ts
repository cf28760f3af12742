import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, plans } from './cast.ts'
import { type Client, WAITING } from './client.ts'

const versionsOf = (client: Client) => client.ofType('test').map(({ version }) => version)

test('frames of a large room that rests come in order, with what not everybody gets, and before one is put out', async () => {
  const { dial, messages } = await boot()
  messages.join(plans, [alice], 0)
  messages.join(plans, [bob], 10)
  const dialAll = (who: string) => Promise.all(Array.from({ length: 60 }, () => dial(who)))
  const [all, newcomers] = [await dialAll(alice), await dialAll(bob)]
  for (let version = 1; version <= 60; version++) {
    const isOld = version % 7 === 0
    messages.publish(
      plans,
      isOld ? { version, newcomers: { joinedFrom: 10, json: null } } : { version },
    )
    await nextTurn()
  }
  messages.publish(plans, { version: 61, ended: [bob] })
  messages.publish(plans, { version: 62 })
  const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1)
  await vi.waitFor(() => {
    for (const client of all) expect(versionsOf(client)).toEqual(upTo(62))
  }, WAITING)
  for (const client of newcomers)
    expect(versionsOf(client)).toEqual(upTo(61).filter((version) => version % 7 !== 0))
})
