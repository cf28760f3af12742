import type { Account, Accounts, NewCredentials } from '@chatapp/users'
import { type Command, Option } from 'commander'
import { readConfig } from '../config.ts'
import { withDatabases, withServices } from '../start/workshop.ts'

export function addUser(program: Command): void {
  const user = program
    .command('user')
    .description('accounts, straight in the database: the server may run or not')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp user create alice --display-name "Alice Martin" --email alice@example.org
  $ chatapp user list --json | jq -r '.[].username'
  $ chatapp user reset-password alice
  $ chatapp user deactivate alice
  $ chatapp user promote alice`,
    )
  addList(user)
  addCreate(user)
  addDeactivate(user)
  addResetPassword(user)
  addAdmins(user)
}

const jsonOption = () => new Option('--json', 'print the result as JSON')
const passwordOption = () => new Option('--password <password>', 'one is made up without it')

function addList(user: Command): void {
  user
    .command('list')
    .description('everybody who has an account')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const accounts = await withAccounts(listAll)
      print(accounts, json ? undefined : accounts.map(toLine).join(''))
    })
}

function addCreate(user: Command): void {
  user
    .command('create')
    .description('make an account and print its password')
    .argument('<username>', '3 to 32 letters, digits or . _ -')
    .addOption(passwordOption())
    .option('--display-name <name>', 'the name that others see')
    .option('--email <address>', 'for mail to this person')
    .addOption(jsonOption())
    .action(
      async (
        username: string,
        options: { password?: string; displayName?: string; email?: string; json?: boolean },
      ) => {
        const { json, ...given } = options
        const made = await withAccounts((accounts) => accounts.create({ username, ...given }))
        print(made, json ? undefined : toCredentials(made))
      },
    )
}

function addDeactivate(user: Command): void {
  user
    .command('deactivate')
    .description('sign somebody out everywhere and for good; what they wrote stays')
    .argument('<username>')
    .option('--undo', 'let them sign in again')
    .addOption(jsonOption())
    .action(async (username: string, { undo, json }: { undo?: boolean; json?: boolean }) => {
      const account = await withAccounts((accounts) =>
        undo ? accounts.reactivate(username) : accounts.deactivate(username),
      )
      print(account, json ? undefined : toLine(account))
    })
}

function addResetPassword(user: Command): void {
  user
    .command('reset-password')
    .description('give somebody a new password and sign them out everywhere')
    .argument('<username>')
    .addOption(passwordOption())
    .addOption(jsonOption())
    .action(async (username: string, options: { password?: string; json?: boolean }) => {
      const made = await withAccounts((accounts) =>
        accounts.resetPassword(username, options.password),
      )
      print(made, options.json ? undefined : toCredentials(made))
    })
}

function addAdmins(user: Command): void {
  const roles = [
    { name: 'promote', isAdmin: true, does: 'make somebody an admin: of webhooks and bots' },
    { name: 'demote', isAdmin: false, does: 'make an admin a user like others' },
  ]
  for (const { name, isAdmin, does } of roles)
    user
      .command(name)
      .description(does)
      .argument('<username>')
      .addOption(jsonOption())
      .action(async (username: string, { json }: { json?: boolean }) => {
        const account = await withAccounts((accounts) => accounts.setAdmin(username, isAdmin))
        print(account, json ? undefined : toLine(account))
      })
}

function withAccounts<T>(work: (accounts: Accounts) => Promise<T>): Promise<T> {
  const config = readConfig()
  return withDatabases(config, (databases) =>
    withServices(config, databases, ({ users }) => work(users.accounts)),
  )
}

async function listAll(accounts: Accounts): Promise<Account[]> {
  const found: Account[] = []
  let cursor: string | undefined
  do {
    const page = await accounts.list({ limit: 200, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

function print(result: unknown, text = `${JSON.stringify(result, null, 2)}\n`): void {
  process.stdout.write(text)
}

function toLine(account: Account): string {
  const { username, displayName, email, isAdmin, isBot, deactivatedAt } = account
  const rest = [
    ...[displayName, email, isAdmin && 'admin', isBot && 'bot'],
    deactivatedAt && `deactivated ${deactivatedAt}`,
  ]
  return `${username.padEnd(20)} ${rest.filter((part) => part).join(', ')}\n`
}

function toCredentials({ account, password }: NewCredentials): string {
  return `${account.username} can sign in with the password ${password}\n`
}
