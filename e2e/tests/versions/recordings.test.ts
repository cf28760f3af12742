import { PROTOCOL_VERSION, WIRE_HASH } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { PREVIOUS_VERSION, type Recording, readRecording } from '../../src/recording/recording.ts'
import { assertTaken, findParser, getParser } from './compare.ts'

const HOW = 'npm run record:wire writes down what this version says; add the file to the commit.'

test('the wire of today is recorded, for the version that follows', () => {
  const { version, hash } = readRecording(PROTOCOL_VERSION)
  expect({ version, hash }, HOW).toEqual({ version: PROTOCOL_VERSION, hash: WIRE_HASH })
})

const spoken = ({ steps }: Recording) =>
  steps.flatMap((step) => ('sent' in step ? [step.sent] : []))
const told = ({ steps }: Recording) =>
  steps.flatMap((step) => ('received' in step ? [step.received] : []))

test('what clients and servers of two versions in a row say, the other side takes', () => {
  const [before, today] = [readRecording(PREVIOUS_VERSION), readRecording(PROTOCOL_VERSION)]
  for (const [from, to] of [
    [before, today],
    [today, before],
  ] as const) {
    for (const frame of told(from)) assertTaken(getParser(to, 'server says'), frame)
    const known = new Set(spoken(to).map(({ type }) => type))
    // A frame that is new is refused by name, which its client has to stand.
    for (const frame of spoken(from))
      if (known.has(frame.type) && !frame.type.includes(' '))
        assertTaken(getParser(to, 'client says'), frame)
  }
})

test('a parser of a recording refuses what its code refused', () => {
  const today = readRecording(PROTOCOL_VERSION)
  const parser = getParser(today, 'client says')
  expect(parser.safeParse({ type: 'typing', conversationId: 'no id' }).success).toBe(false)
  expect(parser.safeParse({ type: 'ping', more: 1 }).success).toBe(false)
  expect(findParser(today, 'nothing of ours')).toBeUndefined()
})
