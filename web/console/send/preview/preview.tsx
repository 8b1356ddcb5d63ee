/** A message as the phone will show it, drawn by what draws it there. */

import { useState } from 'react'
import { Bubble } from '../../../bubble/bubble.js'
import { copyText } from '../../../shared/clipboard.js'
import { useApp } from '../../app.js'
import { clockText } from '../../moments.js'
import type { Shown } from './views.js'

export function Preview({ shown }: { readonly shown: Shown }) {
  const app = useApp()
  const { words, say } = app
  const [now] = useState(Date.now)
  const view = {
    ...shown,
    fromMe: false,
    author: words.previewAuthor,
    time: clockText(app, now, false),
  }
  const copy = (code: string): void => {
    void copyText(code).then((done) => say(done ? words.copied : words.copyFailed))
  }
  return (
    <div className="preview__wall">
      <Bubble view={view} actions={{ copy }} />
    </div>
  )
}
