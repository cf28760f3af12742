import deUrl from 'emojibase-data/de/compact.json?url'
import deTextsUrl from 'emojibase-data/de/messages.json?url'
import enUrl from 'emojibase-data/en/compact.json?url'
import enTextsUrl from 'emojibase-data/en/messages.json?url'

const URLS = { en: [enUrl, enTextsUrl], de: [deUrl, deTextsUrl] } as const
/** Skin tones and hair: parts of emoji, nothing that one would send. */
const GROUP_COMPONENTS = 2

interface CompactEmoji {
  hexcode: string
  label: string
  group?: number
  tags?: string[]
  order?: number
  skins?: { hexcode: string; tone?: number | number[] }[]
}
interface Texts {
  groups: { message: string; order: number }[]
}

const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const
type Tone = (typeof TONES)[number]

/** Everything that the picker shows, in the words of a language. Served by us, fetched when opened. */
export async function loadEmojiData(language: 'en' | 'de') {
  const [emoji, texts] = await Promise.all(URLS[language].map(fetchJson))
  // Both come out of our own build.
  const { groups } = texts as Texts
  const known = (emoji as CompactEmoji[])
    .filter(({ group }) => group !== undefined && group !== GROUP_COMPONENTS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
  return {
    locale: language,
    emojis: known.map(present),
    categories: groups
      .filter(({ order }) => order !== GROUP_COMPONENTS)
      .map(({ message, order }) => ({ index: order, label: message })),
    skinTones: Object.fromEntries(TONES.map((tone) => [tone, tone])) as Record<Tone, string>,
  }
}

/** The emoji as servers and screens want it: fully qualified. */
export function emojiOf(hexcode: string): string {
  const text = String.fromCodePoint(...hexcode.split('-').map((part) => Number.parseInt(part, 16)))
  return /^\p{RGI_Emoji}$/v.test(text) ? text : `${text}\uFE0F`
}

function present({ hexcode, label, group = 0, tags = [], skins = [] }: CompactEmoji) {
  const entries = skins.slice(0, TONES.length).map((skin, n) => [TONES[n], emojiOf(skin.hexcode)])
  const hasTones = entries.length === TONES.length
  return {
    ...{ emoji: emojiOf(hexcode), category: group, label, version: 0, tags },
    ...(hasTones && { skins: Object.fromEntries(entries) as Record<Tone, string> }),
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`emoji data: ${response.status}`)
  return response.json()
}
