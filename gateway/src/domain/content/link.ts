import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

/** A text with a preview of a page that it names. */
export interface LinkContent {
  readonly kind: 'link'
  /** The address stands in it. */
  readonly text: string
  readonly url: string
  readonly title: string
  readonly description: string
  readonly image?: FileSource | undefined
}

export const linkTraits: Traits<LinkContent> = {
  isForNewsletters: () => true,
  text: (content) => content.text,
  files: ({ image: source }) =>
    source === undefined ? [] : [{ role: 'image', use: 'thumbnail', source }],
  asReceived: ({ text, url, title, description }) => ({
    kind: 'text',
    text,
    link: { url, title, description },
  }),
}
