import { expect, test } from 'vitest'
import { group, send } from '../boot.ts'
import { lookThrough } from './engines.ts'
import type { Scene } from './scene.ts'

interface Oddity {
  said: string
  /** Each finds it … */
  by: string[]
  /** … and none of these does. */
  notBy?: string[]
}

/** As people write, in many scripts, and as others look for it later. */
const ODDITIES: Oddity[] = [
  {
    said: 'Grüße aus der Gartenstraße, Herr Müller',
    by: ['grüße', 'GRÜSSE', 'grusse', 'gruesse', 'gartenstrasse', 'Gartenstr', 'mueller', 'muller'],
    notBy: ['garten-weg', '"aus Gartenstraße"'],
  },
  { said: 'İstanbul’da ılık rüzgâr', by: ['istanbul', 'İSTANBUL', 'ilik', 'ILIK', 'ruzgar'] },
  { said: 'une crème brûlée, œuf compris', by: ['creme brulee', 'CRÈME', 'oeuf', 'cre\u0300me'] },
  { said: 'the naive facade', by: ['naïve', 'façade', '"naïve façade"'] },
  { said: 'Đường Nguyễn Huệ', by: ['duong nguyen', 'đường', '"nguyen hue"'] },
  { said: 'ΟΔΥΣΣΕΥΣ και Πηνελόπη', by: ['οδυσσευς', 'πηνελοπη', 'Οδυσσεύς'] },
  {
    said: 'load snake_case_thing and camelCaseThing',
    by: ['snake', 'case_thing', 'casething', 'snakecasething', 'CaseThing', 'camelcase', 'camelC'],
    notBy: ['case_snake', 'thing_camel_case'],
  },
  {
    said: 'release 10.2.33 costs 1,234.50 €, 30%',
    by: ['10.2.33', '10.2', '1,234.50', '30%', '"costs 1,234.50"', 'release:10.2'],
    notBy: ['10.3', '31%', '33.10'],
  },
  {
    said: 'upgrade v2.14.0-rc.3, node24 and iPhone15',
    by: ['2.14', 'v2.14.0', '2.14.0-rc.3', 'node 24', 'iphone 15', 'iphon'],
    notBy: ['2.15'],
  },
  {
    said: 'Die Donaudampfschifffahrtsgesellschaft tagt',
    by: ['Donaudampfschiffahrtsgesellschaft', 'Donuadampfschifffahrtsgesellschaft', 'tag'],
    notBy: ['Donaudampfschifahrtsgesellschaft'],
  },
  {
    said: 'don’t panic, it’s a well-known mother-in-law',
    by: ["don't", 'dont', 'don’t', 'well-known', 'wellknown', '"well known"', 'mother-in-law'],
    notBy: ['known-well'],
  },
  {
    said: 'see https://wiki.example.org/a_b/C-d?id=77&x=%20y#part-2',
    by: [
      'https://wiki.example.org/a_b/C-d?id=77&x=%20y#part-2',
      'wiki.example.org',
      'example.org/a_b',
      'id=77',
      '#part-2',
      'HTTPS://WIKI',
    ],
    notBy: ['example.wiki', 'id=7'],
  },
  {
    said: 'write to ann.lee+news@mail.example.co.uk please',
    by: ['ann.lee+news@mail.example.co.uk', 'ann.lee', 'mail.example', '@mail', '"news mail"'],
    notBy: ['lee.ann', 'ann.lee@mail'],
  },
  {
    said: 'if (a === "q\\n") { return shelf.take(1)[0] ?? null }',
    by: ['shelf.take(1)', '"return shelf"', 'shelf.take', '?? null', 'take(1)[0]'],
  },
  {
    said: 'so 👨‍👩‍👧 in 🇩🇪 by 1️⃣ and 🙈🙉',
    by: ['👨‍👩‍👧', '🇩🇪', '🙈', '🙉', '"🙈🙉"'],
    notBy: ['🇫🇷', '👨'],
  },
  {
    said: '東京タワーへ行きました',
    by: ['東京', '京タ', 'タワー', 'ﾀﾜｰ', 'ﾀﾜ', '行きました', 'へ', '東京タワー'],
    notBy: ['京東', '東タ'],
  },
  { said: '漢字kanji混在 mixed', by: ['kanji', '漢字kanji', 'kanji混在', '混在'], notBy: ['混漢'] },
  { said: 'ฉันรักภาษาไทยมาก', by: ['ภาษา', 'รัก', 'ไทย', 'ไท'], notBy: ['ยไ'] },
  { said: '안녕하세요 여러분', by: ['안녕', '하세', '여러분', '"안녕하세요 여러분"'] },
  { said: 'الكِتَابُ الجديد', by: ['الكتاب', '"الكتاب الجديد"'] },
  { said: 'في المدرسة ١٢٣ على', by: ['المدرسه', '123', 'علي', 'المدرسة'] },
  { said: 'کتاب\u200cهای فارسی', by: ['كتاب', 'های', 'کتابهای', 'فارسي', 'کتاب\u200cهای'] },
  { said: 'Він зʼїв п’ять грибів', by: ["з'їв", 'зʼїв', "п'ять", 'пʼять', 'гриб', 'грибв'] },
  { said: 'בסיס צה״ל', by: ['צהל', 'צה״ל'] },
  { said: 'שָׁלוֹם לכולם', by: ['שלום', '"שלום לכולם"'] },
  { said: 'यह हिन्दी है', by: ['हिन्दी', '"यह हिन्दी"'] },
  { said: '𝐁𝐨𝐥𝐝 ｗｉｄｅ ﬁne', by: ['bold wide', 'fine', 'WIDE'] },
  { said: 'z is q to go', by: ['z', 'q go', '"z is q"', 'Z -x'], notBy: ['zi', 'z -q', 'g'] },
  { said: 'said “never again” twice', by: ['"never again"', '“never again”', 'never-again'] },
  { said: 'ﾊﾟﾝとガス', by: ['パン', 'ﾊﾟﾝ', 'ｶﾞｽ'] },
  { said: 'C++17 and C# and F#', by: ['c#', 'F#', 'c++ 17', '"c# and f#"'], notBy: ['d#'] },
  { said: 'at 10:30 foo:bar happened', by: ['10:30', 'foo:bar', 'bar', '"foo bar"'] },
]

/** What no word is meant by, or nothing but what must not be there. */
const NOTHING_TO_LOOK_FOR = ['%', '"', '""', '-', '--', '"…"', '\u0000', '\u200b', '-never -fine']

export function testOddities(scene: Scene): void {
  /** Says all of it in a conversation of this name. */
  async function say(title: string): Promise<void> {
    const [alice] = scene.people
    const room = await group(alice, [], { title })
    for (const { said } of ODDITIES) await send(alice, room.id, said)
    await scene.indexed()
  }

  async function texts(q: string): Promise<(string | null)[]> {
    const { items } = await lookThrough(scene.people[0], { q })
    return items.map(({ message }) => message.data)
  }

  test('what people write in any script is found as they look for it', async () => {
    await say('Oddities')
    const wrong: string[] = []
    for (const { said, by, notBy = [] } of ODDITIES) {
      const isFound = async (q: string) => (await texts(`${q} in:Oddities`)).includes(said)
      for (const q of by) if (!(await isFound(q))) wrong.push(`${q} misses: ${said}`)
      for (const q of notBy) if (await isFound(q)) wrong.push(`${q} finds: ${said}`)
    }
    expect(wrong).toEqual([])
  })

  test('every line of them finds itself, as it is and as a phrase', async () => {
    await say('Lines')
    for (const { said } of ODDITIES) {
      const plain = said.replaceAll(/["“”]/g, ' ')
      expect(await texts(`"${plain}" in:Lines`), said).toEqual([said])
      expect(await texts(`${plain} in:Lines`), said).toContain(said)
    }
  })

  test('without anything to look for it is said so, and a query has its bounds', async () => {
    const [alice] = scene.people
    for (const q of NOTHING_TO_LOOK_FOR) expect(await scene.refusal(alice, q), q).not.toBe('')
    expect(await scene.refusal(alice, 'word '.repeat(5_000))).not.toBe('')
  })
}
