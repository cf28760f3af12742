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
  // Arabic, as its keyboards and those of Persian and Urdu have one letter.
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
}
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')
/** Signs above and below the letters of alphabets, Arabic and Hebrew vowel points, Arabic's stretcher. */
const SIGNS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}|[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu
/** Shown as nothing: joiners, the soft hyphen, marks of direction, variation selectors. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}]/gu
/** The digits of other scripts; those of full width NFKC takes to ours. */
const DIGITS = /[٠-٩۰-۹०-९০-৯๐-๙]/gu
const ZEROS = [...'٠۰०০๐'].map((zero) => zero.charCodeAt(0))
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
    .replaceAll(DIGITS, digitOf)
    .normalize('NFD')
    .replaceAll(SIGNS, '')
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
}

function digitOf(sign: string): string {
  const zero = ZEROS.findLast((code) => code <= sign.charCodeAt(0)) ?? 0
  return String(sign.charCodeAt(0) - zero)
}
