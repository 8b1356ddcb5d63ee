/**
 * WhatsApp's formatting: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, ```` ```mono``` ```` and links.
 *
 * A mark counts only at the edge of a word, as in WhatsApp: `2*3*4` and `a_b_c` stay
 * as they are. Inside code nothing is formatted.
 */

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly spans: readonly Span[] }
  | { readonly kind: 'code' | 'mono'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

const styles = new Map<string | undefined, 'bold' | 'italic' | 'strike'>([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
])

const code = /```([\s\S]*?\S[\s\S]*?)```|`([^`\n]*[^`\s][^`\n]*)`/g
const link = /(?:https?:\/\/|www\.)[^\s<>"]+/gi
/** What a sentence puts behind a link. */
const afterLink = /[.,;:!?)\]}'*_~]+$/

export function spansOf(text: string): readonly Span[] {
  return cut(text, code, (match) => {
    const [, mono, short] = match
    return mono === undefined
      ? { kind: 'code', text: short ?? '' }
      : { kind: 'mono', text: mono.replace(/^\n|\n$/g, '') }
  }).flatMap((span) => (span.kind === 'text' ? withLinks(span.text) : [span]))
}

function withLinks(text: string): readonly Span[] {
  return styled(text, linksIn(text), 0)
}

interface Place {
  readonly from: number
  readonly to: number
  readonly href: string
}

function linksIn(text: string): readonly Place[] {
  const found: Place[] = []
  for (const match of text.matchAll(link)) {
    const shown = match[0].replace(afterLink, '')
    const href = /^www\./i.test(shown) ? `https://${shown}` : shown
    if (URL.canParse(href) && new URL(href).hostname.includes('.')) {
      found.push({ from: match.index, to: match.index + shown.length, href })
    }
  }
  return found
}

/** `offset` is where the text begins in the one that the links were found in. */
function styled(text: string, links: readonly Place[], offset: number): readonly Span[] {
  const spans: Span[] = []
  let plain = ''
  const flush = (): void => {
    if (plain !== '') spans.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const place = links.find(({ from }) => from === at + offset)
    const kind = styles.get(text[at])
    const end = kind && !place ? closingOf(text, at, links, offset) : undefined
    if (place !== undefined) {
      flush()
      const linkEnd = place.to - offset
      spans.push({ kind: 'link', text: text.slice(at, linkEnd), href: place.href })
      at = linkEnd
    } else if (kind !== undefined && end !== undefined) {
      flush()
      spans.push({ kind, spans: styled(text.slice(at + 1, end), links, offset + at + 1) })
      at = end + 1
    } else {
      plain += text[at] ?? ''
      at += 1
    }
  }
  flush()
  return spans
}

/** Where the mark at this place is closed, on the same line and outside a link. */
function closingOf(
  text: string,
  at: number,
  links: readonly Place[],
  offset: number,
): number | undefined {
  const mark = text[at]
  if (isWordly(text[at - 1]) || isBlank(text[at + 1])) return undefined
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] !== mark || end === at + 1) continue
    const isInLink = links.some(({ from, to }) => from <= end + offset && end + offset < to)
    if (isInLink || isBlank(text[end - 1]) || isWordly(text[end + 1])) continue
    return end
  }
  return undefined
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character)
}

function isWordly(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

function cut(
  text: string,
  pattern: RegExp,
  spanOf: (match: RegExpMatchArray) => Span,
): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) spans.push({ kind: 'text', text: text.slice(from, match.index) })
    spans.push(spanOf(match))
    from = match.index + match[0].length
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) })
  return spans
}

/** The text as a notification or a chat list shows it: without the marks. */
export function plainOf(spans: readonly Span[]): string {
  return spans.map((span) => ('spans' in span ? plainOf(span.spans) : span.text)).join('')
}

/** Up to three emoji and nothing else: WhatsApp draws them large. */
export function isEmojiOnly(text: string): boolean {
  const one =
    '\\p{Extended_Pictographic}(?:\\uFE0F|\\p{Emoji_Modifier}|\\u200D\\p{Extended_Pictographic})*'
  return new RegExp(`^(?:${one}\\s?){1,3}$`, 'u').test(text.trim())
}
