import { messageTextSchema } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { randomFrom } from './random.ts'
import { writeScript } from './script.ts'

test('a script has exactly as many messages as were asked for', () => {
  const scenes = writeScript(randomFrom(1), 500)
  expect(scenes.flatMap(({ lines }) => lines)).toHaveLength(500)
})

test('the same seed writes the same script, another seed another one', () => {
  expect(writeScript(randomFrom(7), 300)).toEqual(writeScript(randomFrom(7), 300))
  expect(writeScript(randomFrom(7), 300)).not.toEqual(writeScript(randomFrom(8), 300))
})

test('only people of the place speak and react, and every blank is filled', () => {
  for (const { place, lines } of writeScript(randomFrom(3), 3_000)) {
    for (const line of lines) {
      expect(place.usernames).toContain(line.username)
      expect(messageTextSchema.parse(line.text)).not.toMatch(/[{}]/)
      for (const { username } of line.reactions) expect(username).not.toBe(line.username)
    }
  }
})

test('a long script has replies, edits, reactions and mistakes', () => {
  const lines = writeScript(randomFrom(5), 1_000).flatMap((scene) => scene.lines)
  expect(lines.some((line) => line.isReply)).toBe(true)
  expect(lines.some((line) => line.correction)).toBe(true)
  expect(lines.some((line) => line.reactions.length > 0)).toBe(true)
  expect(lines.some((line) => line.isMistake)).toBe(true)
})
