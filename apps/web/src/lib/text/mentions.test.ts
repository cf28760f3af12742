import { expect, test } from 'vitest'
import { markMentions } from './mentions.ts'

const mark = (text: string) => markMentions(text, 'bob =alice', (part) => part)

test('who is called is marked, oneself stronger', () => {
  expect(mark('hi @Bob.')).toBe('hi <span class="mention">@Bob</span>.')
  expect(mark('@alice')).toBe('<span class="mention mention-own">@alice</span>')
})

test('a word for everybody is marked when it called everybody', () => {
  expect(markMentions('@all', 'bob =all', (part) => part)).toBe(
    '<span class="mention mention-own">@all</span>',
  )
  expect(mark('@all')).toBe('@all')
})

test('an e-mail address and strangers are not marked', () => {
  expect(mark('mail me@bob, or @carol')).toBe('mail me@bob, or @carol')
})
