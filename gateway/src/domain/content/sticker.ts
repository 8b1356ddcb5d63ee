import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

export interface StickerContent {
  readonly kind: 'sticker'
  readonly sticker: FileSource
  /** As phones show it when the sticker is tapped; empty for none. */
  readonly author: string
}

export const stickerTraits: Traits<StickerContent> = {
  isForNewsletters: () => true,
  text: () => 'sticker',
  files: ({ sticker: source, author }) => [{ role: 'sticker', use: 'sticker', source, author }],
  asReceived: () => ({ kind: 'sticker', mimeType: 'image/webp', width: 512, height: 512 }),
}
