import type { Traits } from './traits.js'

export interface TextContent {
  readonly kind: 'text'
  readonly text: string
  /** The secret in the text: it goes in place of a button that copies this code. */
  readonly code?: string | undefined
}

export const textTraits: Traits<TextContent> = {
  isForNewsletters: () => true,
  text: (content) => content.text,
  code: (content) => content.code,
  masked: (content, mask) => ({ ...content, text: mask(content.text) }),
  asReceived: (content) => ({ kind: 'text', text: content.text }),
}

export function text(body: string, code?: string): TextContent {
  const content = { kind: 'text', text: body } as const
  return code === undefined ? content : { ...content, code }
}
