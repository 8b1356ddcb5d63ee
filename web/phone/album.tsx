/** Several pictures and videos in a row, drawn as one: four tiles, and all of them in a sheet with a player for videos. */

import { useLayoutEffect, useRef, useState } from 'react'
import type { ContactView, MessageView } from '../../simulator/src/control-answers.js'
import { Bubble } from '../bubble/bubble.js'
import { Icon } from '../bubble/icons.js'
import { Sheet } from '../bubble/sheet.js'
import { useTexts } from '../shared/texts.js'
import { bubbleViewOf } from './bubble-view.js'
import { chatTexts } from './chat-words.js'
import type { Purpose } from './composer.js'
import { MessageMenu } from './message-menu.js'
import { useActions } from './phone-context.js'
import type { Settings } from './settings.js'
import { phoneTexts } from './words.js'

const TILES = 4

interface AlbumProps {
  readonly messages: readonly MessageView[]
  readonly isFirst: boolean
  readonly contacts: readonly ContactView[]
  readonly self: string
  readonly settings: Settings
  readonly aim: (purpose: Purpose) => void
}

export function AlbumRow(props: AlbumProps) {
  const { messages, isFirst } = props
  const { you } = useTexts(phoneTexts)
  const [open, setOpen] = useState<number>()
  const last = messages.at(-1)
  if (last === undefined) return undefined
  const names = ['row', last.fromMe ? 'row--out' : 'row--in']
  if (isFirst) names.push('row--first')
  const view = { ...bubbleViewOf({ ...props, message: last }, you), parts: [] }
  return (
    <li className={names.join(' ')} data-holds={messages.map(({ id }) => id).join(' ')}>
      <Bubble
        view={view}
        actions={{ copy: () => undefined }}
        above={<Tiles {...props} open={setOpen} />}
      />
      {open !== undefined && <Opened {...props} start={open} close={() => setOpen(undefined)} />}
    </li>
  )
}

function Tiles({ messages, open }: AlbumProps & { readonly open: (index: number) => void }) {
  const { album: words } = useTexts(chatTexts)
  const hidden = messages.length - TILES
  return (
    <div className="album">
      {messages.slice(0, TILES).map((message, index) => (
        <button
          key={message.id}
          className="album__tile"
          type="button"
          aria-label={words.open(index + 1, messages.length)}
          onClick={() => open(index)}
        >
          <Thumbnail message={message} />
          {/* Not as text: the button's name says how many there are. */}
          {index === TILES - 1 && hidden > 0 && (
            <span className="album__more" data-more={`+${hidden}`} />
          )}
        </button>
      ))}
    </div>
  )
}

function Thumbnail({ message: { view, files } }: { readonly message: MessageView }) {
  const [part] = view.parts
  const src = part?.type === 'media' ? files[part.file]?.url : undefined
  if (part?.type !== 'media' || src === undefined) return <Icon name="image" />
  if (part.form !== 'video') return <img src={src} alt="" draggable={false} />
  return (
    <>
      <video src={src} preload="metadata" muted tabIndex={-1} />
      <span className="album__play">
        <Icon name="video" />
      </span>
    </>
  )
}

interface OpenedProps extends AlbumProps {
  readonly start: number
  readonly close: () => void
}

function Opened(props: OpenedProps) {
  const { messages, start, close, aim } = props
  const { album: words } = useTexts(chatTexts)
  const { you, copied } = useTexts(phoneTexts)
  const { copy } = useActions()
  const first = useRef<HTMLDivElement>(null)
  // Chromium's gives a promise, which is no way to clean up.
  useLayoutEffect(() => {
    first.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <Sheet title={words.title(messages.length)} onClose={close}>
      {messages.map((message, index) => (
        <div key={message.id} ref={index === start ? first : undefined} className="album__item">
          <Bubble
            view={bubbleViewOf({ ...props, message, isFirst: false }, you)}
            actions={{ copy: (text) => copy(text, copied) }}
          />
          <MessageMenu message={message} aim={aim} />
        </div>
      ))}
    </Sheet>
  )
}
