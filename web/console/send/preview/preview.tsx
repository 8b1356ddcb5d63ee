/** A message as the phone will show it, drawn by what draws it there. */

import { useMemo, useState } from 'react'
import { drawBubble } from '../../../bubble/bubble.js'
import { useApp } from '../../app.js'
import { copyText } from '../../clipboard.js'
import { clockText } from '../../moments.js'
import { Mounted } from '../../parts.js'
import type { Shown } from './views.js'

export function Preview({ shown }: { readonly shown: Shown }) {
  const app = useApp()
  const [now] = useState(Date.now)
  const time = clockText(app, now, false)
  // Drawn again only when it is another one.
  const drawn = JSON.stringify(shown)
  const bubble = useMemo(() => {
    const { words, say } = app
    const copy = (copied: string): void => {
      void copyText(copied).then((done) => say(done ? words.copied : words.copyFailed))
    }
    const view: Shown = JSON.parse(drawn)
    return drawBubble({ ...view, fromMe: false, author: words.bubble.author, time }, words.bubble, {
      copy,
    })
  }, [app, drawn, time])
  return <Mounted node={bubble} className="preview__wall" />
}
