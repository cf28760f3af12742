/** Letters that Unicode does not take apart, as people type them who lack them on the keyboard. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ς: 'σ',
}
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')
/** Signs above and below the letters of alphabets, Arabic and Hebrew vowel points, Arabic's stretcher. */
const SIGNS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}|[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu
/** Shown as nothing: joiners, the soft hyphen, marks of direction, variation selectors. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}]/gu
const ASCII = /^[\x20-\x7e]*$/

/**
 * One sign of a text in the form in which searches compare it: compatibility forms unified (NFKC),
 * lower case, diacritics of alphabets gone.
 */
export function fold(sign: string): string {
  if (ASCII.test(sign)) return sign.toLowerCase()
  return sign
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(SIGNS, '')
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
}
