/** What a message is in a conversation: a line of text, and where its file is. */

/** As `GET /chat-messages` gives it: beside these the one key that says what it is. */
export interface Said {
  readonly messageId: string
  readonly fromMe: boolean
  /** Milliseconds since 1970. */
  readonly momment: number
  readonly chatName: string
  readonly senderName: string
  readonly isGroup: boolean
}

interface Line {
  /** Undefined for a text, which needs no name. */
  readonly kind: string | undefined
  readonly text: string
  /** Of its file; `null` where it has one and nothing is known of where it is. */
  readonly url: string | null | undefined
}

/** The keys of a message that are not its content. */
const besides: ReadonlySet<string> = new Set(['externalAdReply', 'statusImage', 'statusVideo'])

/** Where the text of a content stands, whatever its kind: the first that is there. */
const textKeys = [
  'message',
  'caption',
  'text',
  'value',
  'question',
  'title',
  'displayName',
  'name',
  'fileName',
  'address',
]

export function lineOf(said: Said): Line {
  const found = Object.entries(said).find(
    ([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !besides.has(key),
  )
  if (found === undefined) return { kind: 'other', text: '', url: undefined }
  const [kind, content] = found
  const text = textIn(content)
  if (kind === 'text') return { kind: undefined, text, url: undefined }
  return { kind, text, url: urlIn(content) }
}

function textIn(content: unknown): string {
  for (const key of textKeys) {
    const value: unknown = Reflect.get(Object(content), key)
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}

/** A link that is not of the web leads nowhere. */
function urlIn(content: unknown): string | null | undefined {
  const urls = Object.entries(Object(content)).filter(([key]) => /^[a-z]+Url$/u.test(key))
  const [first] = urls.map(([, value]) => value)
  if (typeof first === 'string') return /^https?:/u.test(first) ? first : null
  return urls.length === 0 ? undefined : null
}
