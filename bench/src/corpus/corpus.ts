import { languages } from './languages.ts'
import { makeNeedle, type Needle } from './needles.ts'
import { Random } from './random.ts'
import { makeRemark, type Words } from './remark.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'
import { Zipf } from './zipf.ts'

export interface CorpusOptions {
  seed: number
  messages: number
  needles: number
  /** Of each conversation who is in it, as numbers of people. */
  conversations: readonly (readonly number[])[]
  /** When the last message is sent; the first is sent two years earlier. */
  until: Date
}

/** Conversations and people are numbers; whoever stores it gives them ids and names. */
export interface CorpusMessage {
  conversation: number
  position: number
  sender: number
  body: string
  replyTo: number | null
  mentions: number[]
  sentAt: Date
  needle: Needle | undefined
}

const TWO_YEARS_MS = 2 * 365 * 24 * 3600 * 1000
/** A few conversations are loud and most are quiet. */
const LOUDNESS = 0.7
const SHARE = { reply: 0.1, mention: 0.04, otherLanguage: 0.05 }

/** The same messages for the same seed, from the oldest to the newest, one at a time. */
export function* createCorpus(options: CorpusOptions): Generator<CorpusMessage> {
  const random = new Random(options.seed)
  const voices = createVoices(random)
  const loudness = new Zipf(options.conversations.length, LOUDNESS)
  const heads = new Int32Array(options.conversations.length)
  const isNeedle = everyNth(options.messages, options.needles)
  for (let number = 0, needles = 0; number < options.messages; number++) {
    const conversation = loudness.draw(random)
    const members = options.conversations[conversation] ?? []
    const words = wordsOf(voices, conversation, random)
    const needle = isNeedle(number) ? makeNeedle(words, random, needles++) : undefined
    const position = (heads[conversation] ?? 0) + 1
    heads[conversation] = position
    yield {
      conversation,
      position,
      sender: random.pick(members),
      body: needle?.body ?? makeRemark(words, random),
      replyTo: position > 1 && random.happens(SHARE.reply) ? replyTarget(position, random) : null,
      mentions: random.happens(SHARE.mention) ? [random.pick(members)] : [],
      sentAt: sentAt(options, number),
      needle,
    }
  }
}

/** The vocabularies that a corpus of this seed is made of, in the order of `languages`. */
export const vocabulariesOf = (seed: number): Vocabulary[] => createVoices(new Random(seed)).all

interface Voices {
  all: Vocabulary[]
  latin: Vocabulary
  /** Each as often as its language's share. */
  shared: Vocabulary[]
}

function createVoices(random: Random): Voices {
  const all = languages.map((language) => createVocabulary(language, random))
  const [latin] = all
  if (!latin) throw new Error('there is no language')
  return { all, latin, shared: all.flatMap((one) => Array(one.language.share).fill(one)) }
}

/** A conversation has one language, and now and then a word of another. */
function wordsOf({ shared, latin }: Voices, conversation: number, random: Random): Words {
  const own = shared[(conversation * 7) % shared.length] ?? latin
  return { main: random.happens(SHARE.otherLanguage) ? random.pick(shared) : own, latin }
}

function everyNth(messages: number, needles: number): (number: number) => boolean {
  const step = Math.max(1, Math.floor(messages / Math.max(1, needles)))
  return (number) => number % step === step - 1 && number < step * needles
}

/** Mostly to what was said just now. */
const replyTarget = (position: number, random: Random) =>
  Math.max(1, position - Math.ceil(random.next() ** 3 * Math.min(position - 1, 500)))

const sentAt = ({ until, messages }: CorpusOptions, number: number) =>
  new Date(until.getTime() - Math.round((TWO_YEARS_MS * (messages - 1 - number)) / messages))
