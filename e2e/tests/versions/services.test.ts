import {
  callOutcomesSchema,
  messagesCalls,
  notificationsCalls,
  PROTOCOL_VERSION,
  usersCalls,
} from '@chatapp/protocol'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import {
  type CallStep,
  PREVIOUS_VERSION,
  type Recording,
  readRecording,
} from '../../src/recording/recording.ts'
import { assertTaken, findParser, getParser } from './compare.ts'

const before = readRecording(PREVIOUS_VERSION)
const today = readRecording(PROTOCOL_VERSION)

const callsOf = ({ steps }: Recording) => steps.filter((step): step is CallStep => 'asks' in step)

const SERVED: Record<string, Record<string, { args: z.ZodType; answer: z.ZodType }>> = {
  messages: messagesCalls,
  users: usersCalls,
  notifications: notificationsCalls,
}
function getCall(name: string) {
  const [service = '', call = ''] = name.split('.')
  const found = SERVED[service]?.[call]
  if (!found) throw new Error(`nothing serves ${name}`)
  return found
}

test('services of today take what gateways and services of the version before ask', () => {
  const calls = callsOf(before)
  for (const { asks, args } of calls) assertTaken(getCall(asks).args, args)
  expect(new Set(calls.map(({ asks }) => asks)).size).toBeGreaterThan(10)
})

test('their answers are what gateways and services of the version before read', () => {
  const known = callsOf(today).filter(({ asks }) => before.taken.has(`${asks} asks`))
  for (const { asks, outcome } of known) {
    assertTaken(callOutcomesSchema, { outcomes: [outcome] })
    if (outcome.ok) assertTaken(getParser(before, `${asks} answers`), outcome.value)
  }
  expect(known.length).toBeGreaterThan(10)
})

test('gateways and services of today read what services of the version before answer', () => {
  for (const { asks, outcome } of callsOf(before)) {
    assertTaken(callOutcomesSchema, { outcomes: [outcome] })
    if (outcome.ok) assertTaken(getCall(asks).answer, outcome.value)
  }
})

test('what they ask is what services of the version before take', () => {
  // A call that is new is refused there as unknown, and asked of another process.
  for (const { asks, args } of callsOf(today)) {
    const parser = findParser(before, `${asks} asks`)
    if (parser) assertTaken(parser, args)
  }
})
