/** How the words of a language are made; nothing in them means anything, but they look like it. */
export interface Language {
  code: string
  /** Out of this many messages of all languages. */
  share: number
  /** A syllable is one of each; an empty part is written as `-`. */
  syllable: readonly string[][]
  syllables: readonly [least: number, most: number]
  /** Signs need no spaces in between; what is typed is any stretch of them. */
  writtenIn: 'letters' | 'signs'
  /** What stands between two words. */
  gap: ' ' | ''
  /** What no word has unless it is a needle. */
  mark: string
  ends: readonly string[]
}

const parts = (written: string) => written.split(' ').map((part) => (part === '-' ? '' : part))
/** Signs of a range, taken evenly. */
const signs = (first: number, last: number, step: number) =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) =>
    String.fromCodePoint(first + i * step),
  )

const LATIN = {
  writtenIn: 'letters',
  gap: ' ',
  mark: 'qx',
  ends: ['', '.', '.', '!', '?', ' …'],
} as const

export const languages: readonly Language[] = [
  {
    ...LATIN,
    code: 'en',
    share: 5,
    syllable: [
      parts('b c d f g h l m n p r s t v w st tr ch sh -'),
      parts('a e i o u ea oo y'),
      parts('- - n r s t l ng ck'),
    ],
    syllables: [1, 3],
  },
  {
    ...LATIN,
    code: 'de',
    share: 1,
    syllable: [
      parts('b d f g h k l m n r s t w z sch st pf -'),
      parts('a e i o u ä ö ü ei au ie'),
      parts('- - n r s t ß ch rt'),
    ],
    syllables: [1, 4],
  },
  {
    ...LATIN,
    code: 'fr',
    share: 1,
    syllable: [
      parts('b c d f g j l m n p r s t v ch ç'),
      parts('a e i o u é è ê ou ai eau'),
      parts('- - - n r s t lle'),
    ],
    syllables: [1, 3],
  },
  {
    ...LATIN,
    code: 'es',
    share: 1,
    syllable: [
      parts('b c d f g h j l m n ñ p r s t v ll'),
      parts('a e i o u á é í ó ú'),
      parts('- - - n r s l'),
    ],
    syllables: [1, 4],
  },
  {
    ...LATIN,
    code: 'pt',
    share: 1,
    syllable: [
      parts('b c d f g l m n p r s t v nh lh ç'),
      parts('a e i o u ã õ ê á ão'),
      parts('- - - m r s l'),
    ],
    syllables: [1, 4],
  },
  {
    code: 'ru',
    writtenIn: 'letters',
    share: 1,
    syllable: [
      parts('б в г д ж з к л м н п р с т х ч ш ст пр'),
      parts('а е ё и о у ы ю я'),
      parts('- - й н р с т л ть'),
    ],
    syllables: [1, 4],
    gap: ' ',
    mark: 'ъщ',
    ends: LATIN.ends,
  },
  {
    code: 'ar',
    writtenIn: 'letters',
    share: 1,
    syllable: [parts('ب ت ج ح د ر س ش ع ف ق ك ل م ن ه'), parts('ا و ي - -')],
    syllables: [2, 4],
    gap: ' ',
    mark: 'ظغ',
    ends: ['', '.', '؟', '!'],
  },
  {
    code: 'hi',
    writtenIn: 'letters',
    share: 1,
    syllable: [
      parts('क ख ग च ज त द न प ब म य र ल व स ह'),
      parts('ा ि ी ु े ो - -'),
      parts('- - - ं र न'),
    ],
    syllables: [1, 3],
    gap: ' ',
    mark: 'झढ',
    ends: ['', '।', '?', '!'],
  },
  {
    code: 'zh',
    writtenIn: 'signs',
    share: 2,
    syllable: [signs(0x4e00, 0x8fff, 7)],
    syllables: [1, 2],
    gap: '',
    mark: '\u9f0e\u9f20',
    ends: ['', '。', '！', '？'],
  },
  {
    code: 'ja',
    writtenIn: 'signs',
    share: 2,
    syllable: [signs(0x5011, 0x8fff, 11), parts('- - は の を に が と る た い する ました')],
    syllables: [1, 2],
    gap: '',
    mark: '\u9f13\u9f3b',
    ends: ['', '。', '！', 'ね。'],
  },
  {
    code: 'ko',
    writtenIn: 'signs',
    share: 1,
    syllable: [signs(0xac00, 0xd000, 29)],
    syllables: [1, 4],
    gap: ' ',
    mark: '\ud788\ud79d',
    ends: ['', '.', '?', '!'],
  },
  {
    code: 'th',
    writtenIn: 'signs',
    share: 1,
    syllable: [
      parts('ก ข ค ง จ ช ด ต น บ ป ม ย ร ล ว ส ห'),
      parts('า ิ ี ุ ู ะ - อ'),
      parts('- - น ม ง ก'),
    ],
    syllables: [1, 3],
    gap: '',
    mark: 'ฮฬ',
    ends: ['', ' ', ' ครับ'],
  },
]
