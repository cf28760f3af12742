import { createClient } from '@chatapp/sdk'
import type { Command } from 'commander'
import { Chat } from '../chat/chat.ts'
import { type Credentials, signIn } from '../chat/sign-in.ts'
import { Terminal } from '../chat/terminal.ts'
import { DEFAULT_URL, parseServerUrl } from './server-url.ts'

export function addChat(program: Command): void {
  program
    .command('chat')
    .description('talk in the terminal')
    .option('--url <url>', 'where ChatApp runs', parseServerUrl, DEFAULT_URL)
    .option('--username <name>', 'asked for without it')
    .option('--password <password>', 'asked for without it; others on this machine can see it here')
    .option('--register', 'make the account first')
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp chat
  $ chatapp chat --register --username alice
  $ printf '/open General\\nHello!\\n' | chatapp chat --username alice --password "$PASSWORD"`,
    )
    .action(({ url, ...credentials }: Credentials & { url: string }) => chat(url, credentials))
}

async function chat(url: string, credentials: Credentials): Promise<void> {
  const terminal = new Terminal({ input: process.stdin, output: process.stdout })
  const client = createClient({ url })
  process.once('SIGINT', () => terminal.leave())
  try {
    await signIn(client, terminal, credentials)
    await new Chat(client, terminal).run()
    await client.users.logout()
  } finally {
    terminal.leave()
    await client.close()
  }
}
