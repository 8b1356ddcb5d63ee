/** Where a reply is written. Enter sends, Shift+Enter begins a line; every chat keeps its own draft. */

import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import type { Desk, Part } from './desk.js'

const MAX_LENGTH = 65_536

export function composer(desk: Desk): Part {
  const text = element('textarea', { class: 'composer__text', rows: '1', maxlength: MAX_LENGTH })
  // The pictures beside it stand where they stand on a phone; a virtual one has nothing behind them.
  const field = element(
    'div',
    { class: 'composer__field' },
    icon('smile'),
    text,
    icon('clip'),
    icon('camera'),
  )
  const send = element(
    'button',
    { class: 'composer__send', type: 'submit' },
    icon('send'),
    icon('mic'),
  )
  const form = element('form', { class: 'composer' }, field, send)
  const drafts = new Map<string, string>()
  let chat = ''
  let offline = false

  const settle = (): void => {
    drafts.set(chat, text.value)
    send.setAttribute('aria-disabled', String(offline || text.value.trim() === ''))
    text.rows = Math.min(5, text.value.split('\n').length)
  }
  /** What could not be sent is written there again. */
  const say = async (to: string, said: string): Promise<void> => {
    const done = await desk.attempt(() => desk.api.send(to, said))
    if (done || chat !== to || text.value !== '') return
    text.value = said
    settle()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const said = text.value.trim()
    if (said === '' || offline) return
    text.value = ''
    settle()
    void say(chat, said)
  })
  text.addEventListener('input', settle)
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })

  return {
    element: form,
    update: ({ words, route, state }) => {
      const next = route.screen === 'chat' ? route.chat : ''
      if (next !== chat) {
        chat = next
        text.value = drafts.get(chat) ?? ''
      }
      offline = state.phone?.online === false
      text.placeholder = words.message
      text.setAttribute('aria-label', words.message)
      send.setAttribute('aria-label', words.send)
      send.title = offline ? words.offlineSend : words.send
      settle()
    },
  }
}
