/** A message as the phone will show it, drawn by what draws it there. */

import { useMemo, useState } from 'react'
import { drawBubble } from '../bubble/bubble.js'
import { useApp } from './app.js'
import { copyText } from './clipboard.js'
import { clockText } from './moments.js'
import { Mounted } from './parts.js'

export interface Draft {
  readonly message: string
  readonly code: string
  readonly buttonText: string
  readonly image: string
}

const picture = { type: 'media', form: 'image', file: 'image', mimetype: 'image/jpeg' } as const

export function Preview({ draft }: { readonly draft: Draft }) {
  const app = useApp()
  const { message, code, buttonText } = draft
  const image = draft.image.trim()
  const [now] = useState(Date.now)
  const time = clockText(app, now, false)
  const bubble = useMemo(() => {
    const { words, say } = app
    const label = buttonText.trim() === '' ? 'Copiar código' : buttonText
    const url = /^https:\/\/\S+$/u.test(image) ? image : undefined
    const copyButton = { kind: 'copy' as const, text: label, code }
    const view = {
      fromMe: false,
      author: words.bubble.author,
      parts: [
        ...(image === '' ? [] : [picture]),
        { type: 'text' as const, text: message },
        ...(code === '' ? [] : [{ type: 'buttons' as const, buttons: [copyButton] }]),
      ],
      files: url === undefined ? {} : { image: { url } },
      time,
    }
    const copy = (copied: string): void => {
      void copyText(copied).then((done) => say(done ? words.copied : words.copyFailed))
    }
    return drawBubble(view, words.bubble, { copy })
  }, [app, message, code, buttonText, image, time])
  return <Mounted node={bubble} className="preview__wall" />
}
