/** Where a reply is written. Enter sends, Shift+Enter begins a line; every chat keeps its own draft. */

import type { MessageView } from '../../simulator/src/control-answers.js'
import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { openAttach } from './attach.js'
import type { Desk, Part, View } from './desk.js'

const MAX_LENGTH = 65_536

/** What the words are for: a new message, an answer, or a correction. */
interface Purpose {
  readonly kind: 'reply' | 'edit'
  readonly message: MessageView
}

export interface Composer extends Part {
  readonly reply: (message: MessageView) => void
  readonly edit: (message: MessageView) => void
}

export function composer(desk: Desk): Composer {
  const { form, text, clip, send, purposeLine, purposeText, cancel } = parts()
  let purpose: Purpose | undefined
  const drafts = new Map<string, string>()
  let chat = ''
  let offline = false
  let latest: View | undefined

  const settle = (): void => {
    drafts.set(chat, text.value)
    send.setAttribute('aria-disabled', String(offline || text.value.trim() === ''))
    text.rows = Math.min(5, text.value.split('\n').length)
  }
  /** What could not be sent is written there again. */
  const say = async (to: string, said: string): Promise<void> => {
    const { kind, message } = purpose ?? {}
    aim(undefined)
    const done = await desk.attempt(() =>
      kind === 'edit' && message
        ? desk.api.act(message.id, 'edit', { text: said })
        : desk.api.post({ to, text: said, ...(message ? { replyTo: message.id } : {}) }),
    )
    if (done || chat !== to || text.value !== '') return
    text.value = said
    settle()
  }
  const aim = (next: Purpose | undefined): void => {
    purpose = next
    purposeLine.hidden = next === undefined
    if (next === undefined) return
    purposeText.textContent = next.message.text
    if (next.kind === 'edit') text.value = next.message.text
    settle()
    text.focus()
  }
  cancel.addEventListener('click', () => aim(undefined))
  clip.addEventListener('click', () => latest && openAttach(chat, latest, desk))
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
    reply: (message) => aim({ kind: 'reply', message }),
    edit: (message) => aim({ kind: 'edit', message }),
    update: (view) => {
      latest = view
      const { words, route, state } = view
      const next = route.screen === 'chat' ? route.chat : ''
      if (next !== chat) {
        chat = next
        text.value = drafts.get(chat) ?? ''
        aim(undefined)
      }
      offline = state.phone?.online === false
      text.placeholder = words.message
      text.setAttribute('aria-label', words.message)
      send.setAttribute('aria-label', words.send)
      clip.setAttribute('aria-label', words.attach)
      clip.title = words.attach
      cancel.setAttribute('aria-label', words.cancelPurpose)
      send.title = offline ? words.offlineSend : words.send
      settle()
    },
  }
}

function parts() {
  const text = element('textarea', { class: 'composer__text', rows: '1', maxlength: MAX_LENGTH })
  const clip = element('button', { class: 'composer__clip', type: 'button' }, icon('clip'))
  const field = element('div', { class: 'composer__field' }, text, clip)
  const send = element(
    'button',
    { class: 'composer__send', type: 'submit' },
    icon('send'),
    icon('mic'),
  )
  const purposeText = element('span', { class: 'composer__purpose-text' })
  const cancel = element('button', { class: 'icon-button', type: 'button' }, icon('cross'))
  const purposeLine = element(
    'div',
    { class: 'composer__purpose', hidden: true },
    purposeText,
    cancel,
  )
  const form = element('form', { class: 'composer' }, purposeLine, field, send)
  return { form, text, clip, send, purposeLine, purposeText, cancel }
}
