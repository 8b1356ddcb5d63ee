import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

export interface ImageContent {
  readonly kind: 'image'
  readonly image: FileSource
  readonly caption: string
  /** Phones show it once. `false` if unset. */
  readonly viewOnce?: boolean | undefined
  /** The secret in the caption: it goes in place of a button that copies this code. */
  readonly code?: string | undefined
}

export const imageTraits: Traits<ImageContent> = {
  isForNewsletters: ({ viewOnce }) => viewOnce !== true,
  text: (content) => content.caption,
  code: (content) => content.code,
  masked: (content, mask) => ({ ...content, caption: mask(content.caption) }),
  files: ({ image: source }) => [{ role: 'image', use: 'image', source }],
  asReceived: (content) => ({ kind: 'text', text: content.caption }),
}

export function image(source: FileSource, caption: string, code?: string): ImageContent {
  const content = { kind: 'image', image: source, caption } as const
  return code === undefined ? content : { ...content, code }
}
