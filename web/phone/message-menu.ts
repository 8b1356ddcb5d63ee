/** What a person can do with a message: react, answer, pass it on, correct it, take it back, pin it. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { element } from '../bubble/element.js'
import { icon, type IconName } from '../bubble/icons.js'
import { openSheet, type Sheet } from '../bubble/sheet.js'
import type { Desk, View } from './desk.js'

const faces = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
const DAY_SECONDS = 86_400

export interface MenuActions {
  readonly reply: (message: MessageView) => void
  readonly edit: (message: MessageView) => void
}

export function menuButton(
  message: MessageView,
  view: View,
  desk: Desk,
  actions: MenuActions,
): HTMLElement {
  const { words } = view
  return element(
    'button',
    {
      class: 'inspect inspect--menu',
      type: 'button',
      'aria-label': words.messageMenu,
      title: words.messageMenu,
      onclick: () => openMenu(message, view, desk, actions),
    },
    icon('more'),
  )
}

function openMenu(message: MessageView, view: View, desk: Desk, actions: MenuActions): void {
  const { words, state } = view
  openSheet(words.messageMenu, words.close, (sheet) => {
    const { id, fromMe } = message
    const act = (name: string, body: object): void => {
      sheet.close()
      void desk.attempt(() => desk.api.act(id, name, body))
    }
    const then = (work: (message: MessageView) => void) => (): void => {
      sheet.close()
      work(message)
    }
    const own = state.phone?.phone
    const mine = message.state.reactions.find(({ from }) => from === own)?.text
    const isPinned = message.state.pinnedUntil !== undefined
    return [
      facesRow(mine, (face) => act('reaction', { text: face === mine ? '' : face })),
      item('reply', words.reply, then(actions.reply)),
      item('forward', words.forward, () => openForward(message, view, desk, sheet)),
      fromMe && message.text !== '' ? item('pencil', words.edit, then(actions.edit)) : undefined,
      item('pin', isPinned ? words.unpin : words.pin, () =>
        act('pin', { seconds: isPinned ? 0 : DAY_SECONDS }),
      ),
      fromMe ? item('trash', words.deleteForAll, () => act('delete', {})) : undefined,
    ]
  })
}

function facesRow(mine: string | undefined, choose: (face: string) => void): HTMLElement {
  const buttons = faces.map((face) =>
    element(
      'button',
      {
        class: 'face',
        type: 'button',
        'aria-pressed': String(face === mine),
        onclick: () => choose(face),
      },
      face,
    ),
  )
  return element('div', { class: 'faces' }, ...buttons)
}

function item(name: IconName, label: string, onclick: () => void): HTMLElement {
  return element(
    'button',
    { class: 'sheet__row sheet__row--icon', type: 'button', onclick },
    icon(name),
    element('span', {}, label),
  )
}

function openForward(message: MessageView, view: View, desk: Desk, menu: Sheet): void {
  menu.close()
  const { words, state } = view
  openSheet(words.forwardTo, words.close, ({ close }) =>
    state.contacts.map((contact) =>
      item(contact.members ? 'group' : 'person', contact.name, () => {
        close()
        void desk.attempt(() => desk.api.act(message.id, 'forward', { to: contact.id }))
      }),
    ),
  )
}
