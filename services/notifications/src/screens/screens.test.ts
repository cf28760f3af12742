import { createInProcessBus } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { createScreens } from './screens.ts'

const BOB = '00000000-0000-7000-8000-00000000000b'
const [KITCHEN, GARDEN] = [
  '00000000-0000-7000-8000-0000000000c1',
  '00000000-0000-7000-8000-0000000000c2',
] as const

async function watch() {
  const bus = createInProcessBus()
  const clock = { now: 0 }
  const screens = createScreens(bus, () => clock.now)
  await screens.ask()
  const tell = (gatewayId: string, ...conversationIds: string[]) =>
    bus.publish('focus', { type: 'focus', gatewayId, people: [[BOB, conversationIds]] })
  return { screens, tell, clock }
}

test('what is in front of somebody at any gateway is on screen, until the last one looks away', async () => {
  const { screens, tell } = await watch()
  using _ = screens
  expect(screens.shows(BOB, KITCHEN)).toBe(false)
  tell('one', KITCHEN)
  tell('two', KITCHEN, GARDEN)
  expect([screens.shows(BOB, KITCHEN), screens.shows(BOB, GARDEN)]).toEqual([true, true])
  tell('two')
  expect([screens.shows(BOB, KITCHEN), screens.shows(BOB, GARDEN)]).toEqual([true, false])
  tell('one')
  expect(screens.shows(BOB, KITCHEN)).toBe(false)
})

test('a gateway that is silent for a minute shows nothing any more', async () => {
  const { screens, tell, clock } = await watch()
  using _ = screens
  tell('one', KITCHEN)
  clock.now += 60_000
  expect(screens.shows(BOB, KITCHEN)).toBe(true)
  clock.now += 1
  expect(screens.shows(BOB, KITCHEN)).toBe(false)
  tell('one', KITCHEN)
  expect(screens.shows(BOB, KITCHEN)).toBe(true)
})
