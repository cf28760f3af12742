import { Command } from 'commander'
import { addBot } from './commands/bot.ts'
import { addChat } from './commands/chat.ts'
import { addDoctor } from './commands/doctor.ts'
import { addMigrate } from './commands/migrate.ts'
import { addNotifications } from './commands/notifications.ts'
import { addSearch } from './commands/search.ts'
import { addSeed } from './commands/seed.ts'
import { addStart } from './commands/start.ts'
import { addUser } from './commands/user.ts'
import { addWebhook } from './commands/webhook.ts'
import { VERSION } from './version.ts'

export function createProgram(): Command {
  const program = new Command('chatapp')
    .description('ChatApp, a self-hosted messenger: one command starts a complete chat.')
    .version(VERSION)
    .addHelpText(
      'after',
      `
Examples:
  $ chatapp start            a chat at http://localhost:8080, with its own database
  $ chatapp seed             fill it with a lively demo
  $ chatapp chat             talk in the terminal
  $ chatapp doctor           what is wrong, and how to mend it

Settings come from environment variables or a .env file in the working directory.`,
    )
  for (const add of [
    addStart,
    addMigrate,
    addSeed,
    addChat,
    addSearch,
    addUser,
    addBot,
    addWebhook,
    addNotifications,
    addDoctor,
  ])
    add(program)
  return program
}
