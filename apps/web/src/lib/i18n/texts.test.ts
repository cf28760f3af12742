import type { DeliveryOutcome, NoticeReason } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

test('every text is there in every language', () => {
  expect(keysOf(de)).toEqual(keysOf(en))
})

test('the texts take the same values in every language', () => {
  expect(valuesOf(de)).toEqual(valuesOf(en))
})

test('every reason for telling or not, and every outcome of a try, has its sentence', () => {
  // The types say which there are.
  const reasons: Record<NoticeReason, string>[] = [en.noticeReasons, de.noticeReasons]
  const tries: Record<DeliveryOutcome | 'closed', string>[] = [en.noticeTries, de.noticeTries]
  expect([...reasons, ...tries].flatMap((texts) => Object.values(texts))).not.toContain('')
})

type Texts = Record<string, Record<string, string>>

function keysOf(texts: Texts): string[] {
  return Object.entries(texts)
    .flatMap(([namespace, entries]) => Object.keys(entries).map((key) => `${namespace}.${key}`))
    .sort()
}

function valuesOf(texts: Texts): [string, string[]][] {
  return Object.values(texts)
    .flatMap((entries) => Object.entries(entries))
    .map(([key, text]): [string, string[]] => [key, (text.match(/\{\{\w+\}\}/g) ?? []).sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
