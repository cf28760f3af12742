import type { NotificationsApi } from '@chatapp/protocol'
import type { Sql } from '@chatapp/service-kit'
import { findKeywords } from '../preferences/queries.ts'
import { namesKeyword } from './keywords.ts'

type Asked = Parameters<NotificationsApi['wordsFound']>[0]

/** Of each text those who wait for a word in it. */
export async function findWords(sql: Sql, asked: Asked): Promise<string[][]> {
  const userIds = [...new Set(asked.flatMap((one) => one.userIds))]
  const keywords = await findKeywords(sql, userIds)
  return asked.map(({ text, userIds: own }) =>
    own.filter((userId) => namesKeyword(text, keywords.get(userId) ?? [])),
  )
}
