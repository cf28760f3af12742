export interface Mail {
  /** Of the envelope. */
  to: string
  /** By lower-case name, unfolded. */
  headers: Record<string, string>
  subject: string
  text: string
  html: string
}

/** Reads what a mail server got, as far as our own mails go: text and HTML side by side. */
export function readMail(source: string, to: string): Mail {
  const whole = partOf(source)
  const parts = partsOf(whole)
  return {
    to,
    headers: whole.headers,
    subject: decodeWords(whole.headers.subject ?? ''),
    text: bodyOf(parts, 'text/plain'),
    html: bodyOf(parts, 'text/html'),
  }
}

interface Part {
  headers: Record<string, string>
  body: string
}

function partOf(source: string): Part {
  const [head = '', ...rest] = source.split('\r\n\r\n')
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = lines.flatMap((line) => {
    const at = line.indexOf(':')
    return at > 0 ? [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]] : []
  })
  return { headers: Object.fromEntries(headers), body: rest.join('\r\n\r\n') }
}

function partsOf(whole: Part): Part[] {
  const boundary = /boundary="?([^";]+)/.exec(whole.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return [whole]
  return whole.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((source) => partOf(source.replace(/^\r\n/, '').replace(/\r\n$/, '')))
}

function bodyOf(parts: Part[], type: string): string {
  const part = parts.find(({ headers }) => headers['content-type']?.startsWith(type))
  if (!part) return ''
  const bytes = decode(part)
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
}

function decode({ headers, body }: Part): Buffer {
  switch (headers['content-transfer-encoding']) {
    case 'base64':
      return Buffer.from(body, 'base64')
    case 'quoted-printable':
      return unquote(body.replaceAll('=\r\n', ''))
    default:
      return Buffer.from(body)
  }
}

const unquote = (text: string) =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** RFC 2047: words beyond ASCII in a header. */
function decodeWords(text: string): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, '?==?')
  return joined.replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, encoding, word) =>
    encoding.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString()
      : unquote(word.replaceAll('_', ' ')).toString(),
  )
}
