import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError, type Conversation } from '@chatapp/protocol'
import { type Client, type Connection, type LiveEvent, NotSent } from '@chatapp/sdk'
import { type ChatCommands, helpOf, readInput } from './commands.ts'
import { Directory } from './directory.ts'
import { lineOfConversation, plain } from './lines.ts'
import { Names } from './names.ts'
import { Room } from './room.ts'
import type { Terminal } from './terminal.ts'

/** How long leaving waits for what was written last. */
const SETTLE_WITHIN_MS = 5_000

/** One person's chat in a terminal, from the first list to leaving. */
export class Chat {
  readonly #client: Client
  readonly #connection: Connection
  readonly #terminal: Terminal
  readonly #names: Names
  readonly #directory: Directory
  readonly #sending = new Set<Promise<unknown>>()
  #room: Room | undefined
  #showing: Promise<void> = Promise.resolve()

  constructor(client: Client, terminal: Terminal) {
    this.#client = client
    this.#terminal = terminal
    this.#names = new Names(client)
    this.#directory = new Directory(client)
    this.#connection = client.connect()
    this.#connection.onAny((event) => this.#queue(event))
    terminal.onKey = (line) => {
      if (this.#room && line !== '' && !line.startsWith('/')) this.#connection.typing(this.#room.id)
    }
  }

  /** Until the person leaves or the input ends. */
  async run(): Promise<void> {
    await this.#take('/list')
    this.#terminal.print('/open 1 opens the first, /help shows everything.')
    this.#terminal.setPrompt('> ')
    for (;;) {
      const line = await this.#terminal.next()
      if (line === undefined) break
      await this.#take(line)
    }
    await Promise.race([this.#settled(), sleep(SETTLE_WITHIN_MS, undefined, { ref: false })])
    await this.#connection.close()
  }

  readonly #commands: ChatCommands = {
    list: { usage: '/list', does: 'your conversations', run: () => this.#list() },
    open: {
      usage: '/open NUMBER|TITLE|@USERNAME',
      does: 'open one, or talk to a person',
      run: async (wanted) => this.#enter(await this.#directory.find(wanted)),
    },
    new: {
      usage: '/new TITLE @USERNAME …',
      does: 'make a group',
      run: async (wanted) => this.#enter(await this.#directory.createGroup(wanted)),
    },
    older: { usage: '/older', does: 'earlier messages', run: () => this.#getRoom().showOlder() },
    who: { usage: '/who', does: 'who is in it', run: () => this.#who() },
    help: { usage: '/help', does: 'this list', run: async () => this.#help() },
    quit: { usage: '/quit', does: 'leave', run: async () => this.#terminal.leave() },
  }

  async #take(line: string): Promise<void> {
    const input = readInput(line)
    try {
      if (input.kind === 'text') this.#send(input.text)
      if (input.kind !== 'command') return
      const command = this.#commands[input.name]
      if (!command) throw new ChatError('invalid', `There is no /${input.name}; try /help.`)
      await command.run(input.argument)
    } catch (error) {
      this.#complain(error)
    }
  }

  #send(text: string): void {
    const { settled } = this.#connection.send(this.#getRoom().id, text)
    const work = settled.catch((error) => this.#complain(error))
    this.#sending.add(work)
    void work.finally(() => this.#sending.delete(work))
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#sending)
    await this.#showing
  }

  async #list(): Promise<void> {
    const conversations = await this.#directory.list()
    conversations.forEach((conversation, i) => {
      const line = lineOfConversation(conversation, this.#directory.ownId)
      this.#terminal.print(`${String(i + 1).padStart(3)}  ${line}`)
    })
    if (conversations.length === 0) this.#terminal.print('No conversations yet: /open @USERNAME')
  }

  async #enter(conversation: Conversation): Promise<void> {
    const room = new Room({
      conversation,
      client: this.#client,
      connection: this.#connection,
      names: this.#names,
      print: (line) => this.#terminal.print(line),
    })
    this.#terminal.print(`--- ${room.title} ---`)
    await room.enter()
    this.#room = room
    this.#terminal.setPrompt(`${room.title}> `)
  }

  async #who(): Promise<void> {
    for await (const { user, role } of this.#client.conversations.allMembers(this.#getRoom().id)) {
      const rank = role === 'member' ? '' : `, ${role}`
      this.#terminal.print(`  ${plain(user.displayName)} (@${user.username}${rank})`)
    }
  }

  #help(): void {
    this.#terminal.print(helpOf(this.#commands))
  }

  #getRoom(): Room {
    if (this.#room) return this.#room
    throw new ChatError('invalid', 'Open a conversation first, with /open.')
  }

  /** One after the other: a name that has to be asked for must not let a later event overtake. */
  #queue(event: LiveEvent): void {
    this.#showing = this.#showing
      .then(() => this.#show(event))
      .catch((error) => this.#complain(error))
  }

  async #show(event: LiveEvent): Promise<void> {
    if (event.type === 'state') return this.#showState(event.state.kind)
    if (!('conversationId' in event)) return
    if (event.conversationId === this.#room?.id) return this.#room.show(event)
    if (event.type !== 'message' || event.message.kind === 'system') return
    await this.#names.askForAll([event.message])
    const { senderId, data } = event.message
    this.#terminal.print(`  (elsewhere) ${this.#names.of(senderId)}: ${plain(data ?? '')}`)
  }

  #showState(state: 'connecting' | 'online' | 'offline' | 'ended'): void {
    if (state === 'offline') this.#terminal.print('  (offline, trying again)')
  }

  #complain(error: unknown): void {
    if (error instanceof NotSent) return
    this.#terminal.print(`  ${error instanceof Error ? error.message : String(error)}`)
  }
}
