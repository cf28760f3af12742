/** One turn of a dialogue: who of the people in it says what. */
export interface Turn {
  speaker: number
  text: string
  /** The text it is corrected to soon after. */
  correction: string | undefined
  /** Quotes the turn before. */
  isReply: boolean
  reactions: string[]
}

export type Dialogue = Turn[]

const LINE = /^([a-d])([:>]) (.+?)(?: => (.+?))?(?: \[([^\]]+)\])?$/u

/**
 * Reads dialogues that are separated by blank lines. `a: text` says it, `a> text` replies to the
 * line before, `text => better text` is edited, and `[🎉 👍]` at the end are reactions.
 */
export function readDialogues(text: string): Dialogue[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => part.trim().split('\n').map(readTurn))
}

function readTurn(line: string): Turn {
  const [, speaker = '', sign, text = '', correction, reactions = ''] =
    LINE.exec(line.trim()) ?? fail(line)
  return {
    speaker: speaker.charCodeAt(0) - 'a'.charCodeAt(0),
    text,
    correction,
    isReply: sign === '>',
    reactions: reactions.split(' ').filter((emoji) => emoji !== ''),
  }
}

function fail(line: string): never {
  throw new Error(`not a line of a dialogue: ${line}`)
}
