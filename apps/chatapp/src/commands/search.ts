import { reindexSearch } from '@chatapp/messages'
import type { AnswerOf, routes } from '@chatapp/protocol'
import { type Client, createClient } from '@chatapp/sdk'
import { createLogger, StartError } from '@chatapp/service-kit'
import { type Command, InvalidArgumentError } from 'commander'
import { plain } from '../chat/lines.ts'
import { Names } from '../chat/names.ts'
import { type Credentials, signIn } from '../chat/sign-in.ts'
import { Terminal } from '../chat/terminal.ts'
import { readConfig } from '../config.ts'
import { showProgress } from '../seed/terminal-progress.ts'
import { withDatabases } from '../start/workshop.ts'
import { checkQuery, markRefusal } from './search-query.ts'
import { DEFAULT_URL, parseServerUrl } from './server-url.ts'

type Found = AnswerOf<typeof routes.searchMessages>

interface SearchOptions extends Omit<Credentials, 'register'> {
  url: string
  limit: number
  json?: boolean
}

export function addSearch(program: Command): void {
  const search = program
    .command('search')
    .description('find messages; docs/search.md has the operators')
    .argument('<query...>', 'words, "phrases", -not, from:alice, in:General, after:2026-01, …')
    .option('--url <url>', 'where ChatApp runs', parseServerUrl, DEFAULT_URL)
    .option('--username <name>', 'asked for without it')
    .option('--password <password>', 'asked for without it; others on this machine can see it here')
    .option('--limit <number>', 'how many at most', readLimit, 20)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp search lunch friday --username alice
  $ chatapp search '"lunch on friday" from:bob' --json
  $ chatapp search -- lunch -friday
  $ chatapp search reindex      build the index in the search engine anew`,
    )
    .action((words: string[], options: SearchOptions) => find(words.join(' '), options))
  search
    .command('reindex')
    .description('build the index in the search engine anew, while the old one is searched')
    .addHelpText(
      'after',
      `
Examples:
  $ ELASTICSEARCH_URL=http://127.0.0.1:9200 chatapp search reindex`,
    )
    .action(reindex)
}

async function find(query: string, { url, limit, json, ...credentials }: SearchOptions) {
  checkQuery(query)
  const terminal = new Terminal({ input: process.stdin, output: process.stdout })
  const client = createClient({ url })
  process.once('SIGINT', () => terminal.leave())
  try {
    await signIn(client, terminal, credentials)
    try {
      const found = await findUpTo(client, query, limit)
      const answer = json ? `${JSON.stringify(found, null, 2)}\n` : await toText(client, found)
      process.stdout.write(answer)
    } finally {
      await client.users.logout()
    }
  } catch (error) {
    markRefusal(query, error)
    throw error
  } finally {
    terminal.leave()
    await client.close()
  }
}

/** Pages may have fewer hits than there is room for. */
async function findUpTo(client: Client, query: string, limit: number): Promise<Found> {
  let found = await client.messages.search(query, { limit })
  while (found.next !== null && found.items.length < limit) {
    const { items, degraded } = found
    const room = limit - items.length
    const more = await client.messages.search(query, { limit: room, cursor: found.next })
    found = {
      items: [...items, ...more.items],
      next: more.next,
      degraded: degraded || more.degraded,
    }
  }
  return found
}

async function toText(client: Client, { items, next, degraded }: Found): Promise<string> {
  const names = new Names(client)
  await names.askForAll(items.map(({ message }) => message))
  const lines = items.map(({ message, conversation }) => {
    const where = conversation.title === null ? '' : ` in ${plain(conversation.title)}`
    const when = message.sentAt.slice(0, 16).replace('T', ' ')
    const text = plain((message.kind === 'text' && message.data) || '').replaceAll('\n', '\n    ')
    return `${when}  ${names.of(message.senderId)}${where}\n    ${text}\n`
  })
  if (items.length === 0) lines.push('Nothing was found.\n')
  if (next) lines.push('There is more; narrow it down, or ask for more with --limit.\n')
  if (degraded) lines.push('The search is not complete at the moment.\n')
  return lines.join('')
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (!/^\d{1,3}$/.test(text) || limit < 1 || limit > 200)
    throw new InvalidArgumentError('It must be a whole number from 1 to 200.')
  return limit
}

async function reindex(): Promise<void> {
  const config = readConfig()
  const { searchEngine } = config.messages
  if (!searchEngine) throw new StartError('The index of a search engine needs ELASTICSEARCH_URL')
  const log = createLogger('error', { write: (line) => void process.stderr.write(line) })
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort(new StartError('Stopped; the next call goes on')))
  await withDatabases(config, async ({ targetOf }) => {
    const bar = showProgress('Indexing …', 100)
    let shown = 0
    const { total } = await reindexSearch({
      ...{ config: searchEngine, database: targetOf('messages'), log, signal: stopping.signal },
      onProgress({ done, total }) {
        const percent = Math.floor((100 * done) / Math.max(total, 1))
        // Another process may have ended it between two looks, and then there is no mark any more.
        bar.advance(Math.max(percent - shown, 0))
        shown = Math.max(percent, shown)
      },
    })
    bar.done(`${total} messages are in the new index.`)
  })
}
