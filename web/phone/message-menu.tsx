/** What a person can do with a message: react, answer, pass it on, correct it, delete it, pin it. */

import { useState } from 'react'
import type { MessageView } from '../../simulator/src/control-answers.js'
import { Icon } from '../bubble/icons.js'
import { Sheet, SheetRow } from '../bubble/sheet.js'
import { useTexts } from '../shared/texts.js'
import type { Purpose } from './composer.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

const faces = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
const DAY_SECONDS = 86_400

interface MessageMenuProps {
  readonly message: MessageView
  /** Has the composer write for it. */
  readonly aim: (purpose: Purpose) => void
}

export function MessageMenu({ message, aim }: MessageMenuProps) {
  const words = useTexts(phoneTexts)
  const [open, setOpen] = useState<'menu' | 'forward'>()
  const close = (): void => setOpen(undefined)
  return (
    <>
      <button
        className="inspect inspect--menu"
        type="button"
        aria-label={words.messageMenu}
        title={words.messageMenu}
        onClick={() => setOpen('menu')}
      >
        <Icon name="more" />
      </button>
      {open === 'menu' && (
        <Menu message={message} aim={aim} close={close} forward={() => setOpen('forward')} />
      )}
      {open === 'forward' && <Forward message={message} close={close} />}
    </>
  )
}

interface MenuProps extends MessageMenuProps {
  readonly close: () => void
  readonly forward: () => void
}

function Menu({ message, aim, close, forward }: MenuProps) {
  const words = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt } = useActions()
  const { key, fromMe, text } = message
  const act = (name: string, body: object): void => {
    close()
    void attempt(() => api.act(key, name, body))
  }
  const write = (kind: Purpose['kind']): void => {
    close()
    aim({ kind, message })
  }
  const own = state.phone?.phone
  const mine = message.state.reactions.find(({ from }) => from === own)?.text
  const isPinned = message.state.pinnedUntil !== undefined
  return (
    <Sheet title={words.messageMenu} onClose={close}>
      <div className="faces">
        {faces.map((face) => (
          <button
            key={face}
            className="face"
            type="button"
            aria-pressed={face === mine}
            onClick={() => act('reaction', { text: face === mine ? '' : face })}
          >
            {face}
          </button>
        ))}
      </div>
      <SheetRow icon="reply" label={words.reply} act={() => write('reply')} />
      <SheetRow icon="forward" label={words.forward} act={forward} />
      {fromMe && text !== '' && (
        <SheetRow icon="pencil" label={words.edit} act={() => write('edit')} />
      )}
      <SheetRow
        icon="pin"
        label={isPinned ? words.unpin : words.pin}
        act={() => act('pin', { seconds: isPinned ? 0 : DAY_SECONDS })}
      />
      {fromMe && <SheetRow icon="trash" label={words.deleteForAll} act={() => act('delete', {})} />}
    </Sheet>
  )
}

interface ForwardProps {
  readonly message: MessageView
  readonly close: () => void
}

function Forward({ message, close }: ForwardProps) {
  const words = useTexts(phoneTexts)
  const { state } = useView()
  const { api, attempt } = useActions()
  const send = (to: string): void => {
    close()
    void attempt(() => api.act(message.key, 'forward', { to }))
  }
  return (
    <Sheet title={words.forwardTo} onClose={close}>
      {state.contacts.map(({ id, name, members }) => (
        <SheetRow key={id} icon={members ? 'group' : 'person'} label={name} act={() => send(id)} />
      ))}
    </Sheet>
  )
}
