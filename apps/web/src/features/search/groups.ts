import type { Hit } from './answer.ts'

/** Hits of one conversation, below its name. */
export interface Group {
  key: string
  conversation: Hit['conversation']
  hits: Hit[]
}

/**
 * By conversation within each page: what a later page brings comes below what is there already, and
 * nothing moves under the reader's eyes.
 */
export function groupsOf(pages: Hit[][]): Group[] {
  const groups: Group[] = []
  for (const page of pages) {
    // The last one of the page before may go on.
    const open = groups.slice(-1)
    for (const hit of page) {
      const { id } = hit.conversation
      const group = open.find(({ conversation }) => conversation.id === id)
      if (group) group.hits.push(hit)
      else open.push(newGroup(hit))
    }
    groups.splice(-1, 1, ...open)
  }
  return groups
}

function newGroup(hit: Hit): Group {
  return { key: hit.message.id, conversation: hit.conversation, hits: [hit] }
}
