import type { Bots } from '@chatapp/users'
import { type Command, Option } from 'commander'
import { readConfig } from '../config.ts'
import { withDatabases, withServices } from '../start/workshop.ts'

export function addBot(program: Command): void {
  const bot = program
    .command('bot')
    .description('accounts of programs, straight in the database: the server may run or not')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp bot create echo --display-name Echo
  $ chatapp bot tokens echo
  $ chatapp bot revoke echo 0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d`,
    )
  addCreate(bot)
  addTokens(bot)
  addRevoke(bot)
}

const jsonOption = () => new Option('--json', 'print the result as JSON')

function addCreate(bot: Command): void {
  bot
    .command('create')
    .description('make a bot and print its token, this once')
    .argument('<username>', '3 to 32 letters, digits or . _ -')
    .option('--display-name <name>', 'the name that others see')
    .addOption(jsonOption())
    .action(async (username: string, options: { displayName?: string; json?: boolean }) => {
      const { json, ...given } = options
      const made = await withBots((bots) => bots.create({ username, ...given }))
      print(made, json ? undefined : `${username} signs in with the token ${made.token}\n`)
    })
  bot
    .command('token')
    .description('print another token of a bot, this once')
    .argument('<username>')
    .addOption(jsonOption())
    .action(async (username: string, { json }: { json?: boolean }) => {
      const made = await withBots((bots) => bots.createToken(username))
      print(made, json ? undefined : `${username} signs in with the token ${made.token}\n`)
    })
}

function addTokens(bot: Command): void {
  bot
    .command('tokens')
    .description('the tokens of a bot, and when each was last used')
    .argument('<username>')
    .addOption(jsonOption())
    .action(async (username: string, { json }: { json?: boolean }) => {
      const { items } = await withBots((bots) => bots.tokens(username))
      const lines = items.map(({ id, usedAt }) => `${id} ${usedAt ? `used ${usedAt}` : 'unused'}\n`)
      print(items, json ? undefined : lines.join(''))
    })
}

function addRevoke(bot: Command): void {
  bot
    .command('revoke')
    .description('end a token; what was opened with it closes')
    .argument('<username>')
    .argument('<token-id>', 'as `chatapp bot tokens` prints it')
    .action(async (username: string, tokenId: string) => {
      await withBots((bots) => bots.revoke(username, tokenId))
      print(undefined, 'The token is revoked.\n')
    })
}

function withBots<T>(work: (bots: Bots) => Promise<T>): Promise<T> {
  const config = readConfig()
  return withDatabases(config, (databases) =>
    withServices(config, databases, ({ users }) => work(users.bots)),
  )
}

function print(result: unknown, text = `${JSON.stringify(result, null, 2)}\n`): void {
  process.stdout.write(text)
}
