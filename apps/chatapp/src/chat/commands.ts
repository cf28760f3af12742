/** What can be typed besides text; the part after the name is the argument. */
export interface ChatCommand {
  usage: string
  does: string
  run(argument: string): Promise<void>
}

export type ChatCommands = Record<string, ChatCommand>

export type Input =
  | { kind: 'text'; text: string }
  | { kind: 'command'; name: string; argument: string }
  | { kind: 'nothing' }

/** `/name argument` is a command; `//` sends a text that begins with a slash. */
export function readInput(line: string): Input {
  if (line.trim() === '') return { kind: 'nothing' }
  if (line.startsWith('//')) return { kind: 'text', text: line.slice(1) }
  if (!line.startsWith('/')) return { kind: 'text', text: line }
  const [name = '', ...rest] = line.slice(1).trim().split(/\s+/)
  return { kind: 'command', name: name.toLowerCase(), argument: rest.join(' ') }
}

export function helpOf(commands: ChatCommands): string {
  const lines = Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(28)} ${does}`)
  return [...lines, '  anything else                is sent to the open conversation'].join('\n')
}
