import type { Dialogue } from './dialogue.ts'
import { type Place, places } from './places.ts'
import { pick, type Random, shuffled } from './random.ts'
import { createWords } from './words.ts'

/** A line as it will be sent. */
export interface Line {
  username: string
  text: string
  correction: string | undefined
  isReply: boolean
  reactions: { username: string; emoji: string }[]
  /** Taken back at once. */
  isMistake: boolean
}

export interface Scene {
  place: Place
  lines: Line[]
}

/** One line in so many goes to the wrong window. */
const MISTAKE_ONE_IN = 120
const MISTAKES = ['Oops, wrong window', 'Das war für jemand anderen', 'ignore me']

/** Writes about as many messages as wanted: whole dialogues, spread over the places. */
export function writeScript(random: Random, messages: number): Scene[] {
  const scenes = places.map((place): Scene => ({ place, lines: [] }))
  const wheel = scenes.flatMap((scene) => Array<Scene>(scene.place.weight).fill(scene))
  for (let written = 0; written < messages; ) {
    const scene = pick(random, wheel)
    const lines = writeDialogue(random, scene.place).slice(0, messages - written)
    scene.lines.push(...lines)
    written += lines.length
  }
  return scenes
}

function writeDialogue(random: Random, place: Place): Line[] {
  const cast = shuffled(random, place.usernames)
  const fitting = place.dialogues.filter((dialogue) => speakersIn(dialogue) <= cast.length)
  const fill = createWords(random)
  const lines = pick(random, fitting).map((turn): Line => {
    const username = cast[turn.speaker] ?? ''
    const others = shuffled(
      random,
      cast.filter((name) => name !== username),
    )
    return {
      username,
      text: fill(turn.text),
      correction: turn.correction && fill(turn.correction),
      isReply: turn.isReply,
      reactions: turn.reactions.flatMap((emoji, i) => {
        const reader = others[i % others.length]
        return reader ? [{ username: reader, emoji }] : []
      }),
      isMistake: false,
    }
  })
  return random() * MISTAKE_ONE_IN < lines.length ? [mistake(random, cast), ...lines] : lines
}

function mistake(random: Random, cast: string[]): Line {
  return {
    username: pick(random, cast),
    text: pick(random, MISTAKES),
    correction: undefined,
    isReply: false,
    reactions: [],
    isMistake: true,
  }
}

const speakersIn = (dialogue: Dialogue) => Math.max(...dialogue.map((turn) => turn.speaker)) + 1
