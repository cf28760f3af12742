import type { Caller } from '../driver/caller.ts'
import type { Person } from '../product/people.ts'

export interface Answer {
  took: number
  hits: { conversationId: string; position: number }[]
  degraded: boolean
}

export interface Question {
  q: string
  sort?: 'best' | 'newest'
}

/** One search, as a client does it. */
export async function ask(caller: Caller, person: Person, question: Question): Promise<Answer> {
  const path = `/api/messages/search?${new URLSearchParams({ ...question })}`
  const { took, body } = await caller.get(path, person.token)
  const { items, degraded }: Page = JSON.parse(body)
  const hits = items.map(({ message, conversation }) => ({
    conversationId: conversation.id,
    position: message.position,
  }))
  return { took, hits, degraded }
}

interface Page {
  items: { message: { position: number }; conversation: { id: string } }[]
  degraded: boolean
}
