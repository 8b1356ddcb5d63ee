import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

export interface VideoContent {
  readonly kind: 'video'
  readonly video: FileSource
  readonly caption: string
  /** `gif` plays by itself, again and again, without sound. */
  readonly shownAs: 'video' | 'gif' | 'round-video'
  readonly viewOnce: boolean
}

export const videoTraits: Traits<VideoContent> = {
  isForNewsletters: ({ shownAs, viewOnce }) => shownAs !== 'round-video' && !viewOnce,
  text: ({ caption }) => caption,
  files: ({ video: source, shownAs: use }) => [{ role: 'video', use, source }],
  asReceived: ({ caption, shownAs, viewOnce }) => {
    const shared = { mimeType: 'video/mp4', caption, width: 0, height: 0, seconds: 0, viewOnce }
    return shownAs === 'round-video'
      ? { kind: 'round-video', ...shared }
      : { kind: 'video', isGif: shownAs === 'gif', ...shared }
  },
}
