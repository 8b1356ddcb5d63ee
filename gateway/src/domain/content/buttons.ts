import type { CardButton } from '../incoming-content.js'
import type { FileSource } from './files.js'
import { type ImageContent, image } from './image.js'
import { codeLifeMs } from './login-code.js'
import { buttonLines, copiedCode, paragraphs } from './plain-buttons.js'
import { type TextContent, text } from './text.js'
import type { Traits } from './traits.js'
import type { VideoContent } from './video.js'

/** A text with buttons that answer, open a link, call, or copy a code. */
export interface ButtonsContent {
  readonly kind: 'buttons'
  readonly text: string
  /** Empty where there is none. */
  readonly title: string
  readonly footer: string
  /** Above the text: one of the two. */
  readonly image?: FileSource | undefined
  readonly video?: FileSource | undefined
  /** Answers alone, or none of them: clients show no button of a mixture. */
  readonly buttons: readonly CardButton[]
}

export const buttonsTraits: Traits<ButtonsContent, TextContent | ImageContent | VideoContent> = {
  text: (content) => content.text,
  code: ({ buttons }) => copiedCode(buttons),
  masked: (content, mask) => ({
    ...content,
    text: mask(content.text),
    title: mask(content.title),
    footer: mask(content.footer),
    buttons: content.buttons.map((button) => maskedButton(button, mask)),
  }),
  files: ({ image: picture, video }) => [
    ...(picture === undefined ? [] : [{ role: 'image', use: 'image', source: picture } as const]),
    ...(video === undefined ? [] : [{ role: 'video', use: 'video', source: video } as const]),
  ],
  asReceived: ({ text: body, title, footer, buttons }) => ({
    kind: 'card',
    text: body,
    title,
    footer,
    templateId: '',
    buttons,
  }),
  fallback: ({ text: body, title, footer, image: source, video, buttons }) => {
    const whole = paragraphs(title, body, footer, buttonLines(buttons))
    if (video !== undefined)
      return { kind: 'video', video, caption: whole, shownAs: 'video', viewOnce: false }
    const code = copiedCode(buttons)
    return source === undefined ? text(whole, code) : image(source, whole, code)
  },
  lifetimeMs: ({ buttons }) => codeLifeMs(copiedCode(buttons)),
}

export function maskedButton(button: CardButton, mask: (text: string) => string): CardButton {
  const masked = { ...button, text: mask(button.text) }
  return masked.kind === 'copy' ? { ...masked, code: mask(masked.code) } : masked
}
