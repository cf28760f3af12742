import { type Command, InvalidArgumentError } from 'commander'
import { closeActors, signInActors } from '../seed/actors.ts'
import { DEMO_PASSWORD, people } from '../seed/people.ts'
import { places } from '../seed/places.ts'
import { plant } from '../seed/plant.ts'
import { randomFrom } from '../seed/random.ts'
import { writeScript } from '../seed/script.ts'
import { showProgress } from '../seed/terminal-progress.ts'
import { DEFAULT_URL, parseServerUrl } from './server-url.ts'

interface SeedOptions {
  url: string
  messages: number
  seed: number
  json?: boolean
}

export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('fill a running ChatApp with a lively demo')
    .option('--url <url>', 'where ChatApp runs', parseServerUrl, DEFAULT_URL)
    .option('--messages <number>', 'how many messages to write', wholeNumber, 2_000)
    .option('--seed <number>', 'the same number writes the same demo', wholeNumber, 1)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp seed
  $ chatapp seed --messages 20000 --seed 7
  $ chatapp seed --url https://chat.example.org --json

A server with rate limits takes longer: the seed waits whenever it is asked to.`,
    )
    .action(async (options: SeedOptions) => {
      await seed(options)
      process.stdout.write(options.json ? toJson(options) : toText(options))
    })
}

async function seed({ url, messages, seed }: SeedOptions): Promise<void> {
  const random = randomFrom(seed)
  const actors = await signInActors(url)
  try {
    const progress = showProgress('Talking …', messages)
    await plant(writeScript(random, messages), {
      actors,
      random,
      onMessage: () => progress.advance(1),
    })
    progress.done(`${messages} messages in ${places.length} conversations.`)
  } finally {
    await closeActors(actors)
  }
}

function toJson({ url, messages, seed }: SeedOptions): string {
  const usernames = people.map(({ username }) => username)
  const result = { url, messages, seed, conversations: places.length, usernames }
  return `${JSON.stringify({ ...result, password: DEMO_PASSWORD }, null, 2)}\n`
}

function toText({ url }: SeedOptions): string {
  const lines = people.map(({ username, displayName }) => `  ${username.padEnd(8)} ${displayName}`)
  return `Try it at ${url} as any of these, password "${DEMO_PASSWORD}":\n${lines.join('\n')}\n`
}

function wholeNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
