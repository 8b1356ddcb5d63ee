/** Sending a code, with the message beside it as the phone will show it. */

import type { InstanceAnswer } from '../../gateway/src/console/answers.js'
import { drawBubble } from '../bubble/bubble.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { field, form, selectField, textField } from './form.js'
import { clockText } from './moments.js'
import { card, link } from './parts.js'
import { type Child, foreign, h } from './render.js'

interface Draft {
  message: string
  code: string
  buttonText: string
  image: string
  /** The message that was sent last. */
  sentId: string | undefined
}

const minutesToChoose = [1, 5, 10, 30, 60]

export function drawSend(app: App, instance: InstanceAnswer): Child {
  const { id } = instance
  const words = app.words.send
  const draft = app.hold(
    `draft ${id} ${app.language}`,
    (): Draft => ({
      message: words.defaultMessage,
      code: newCode(),
      buttonText: words.defaultButton,
      image: '',
      sentId: undefined,
    }),
  )
  return h(
    'div',
    { class: 'send', key: app.language },
    card(
      words.title,
      instance.state !== 'open' && h('p', { class: 'warning' }, words.notConnected),
      drawForm(app, id, draft),
    ),
    h(
      'aside',
      { class: 'preview', 'aria-label': words.preview },
      h('h2', {}, words.preview),
      h('div', { class: 'preview__wall' }, drawPreview(app, draft)),
    ),
  )
}

function drawForm(app: App, id: string, draft: Draft): HTMLElement {
  const words = app.words.send
  const optional = (label: string): string => `${label} (${words.optional})`
  const typed = (name: 'message' | 'code' | 'buttonText' | 'image') => (event: Event) => {
    const { target } = event
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
    draft[name] = target.value
    app.update()
  }
  return form(app, {
    name: `send ${id}`,
    submit: words.submit,
    fields: [
      field({
        name: 'phone',
        label: words.phone,
        hint: app.words.overview.phoneHint,
        type: 'tel',
        inputmode: 'tel',
      }),
      textField({
        name: 'message',
        label: words.message,
        value: draft.message,
        required: true,
        maxlength: 4_096,
        oninput: typed('message'),
      }),
      h(
        'div',
        { class: 'columns' },
        field({
          name: 'code',
          label: words.code,
          class: 'code',
          value: draft.code,
          maxlength: 2_048,
          oninput: typed('code'),
        }),
        field({
          name: 'buttonText',
          label: words.buttonText,
          value: draft.buttonText,
          maxlength: 60,
          required: false,
          oninput: typed('buttonText'),
        }),
      ),
      field({
        name: 'image',
        label: optional(words.image),
        type: 'url',
        required: false,
        placeholder: 'https://',
        maxlength: 2_048,
        oninput: typed('image'),
      }),
      selectField(
        { name: 'expires', label: words.expires, value: '10' },
        minutesToChoose.map((count) => [String(count), words.minutes(count)]),
      ),
    ],
    beside:
      draft.sentId !== undefined &&
      h(
        'span',
        { role: 'status' },
        `${words.sent} `,
        link(app, { page: 'instance', id, tab: 'messages', item: draft.sentId }, {}, words.follow),
      ),
    act: async (values) => {
      const image = values.text('image').trim()
      const { id: sentId } = await ask<{ id: string }>('POST', `instances/${id}/messages`, {
        phone: values.text('phone'),
        message: values.text('message'),
        code: values.text('code'),
        buttonText: values.text('buttonText'),
        ...(image === '' ? {} : { image }),
        expiresInSeconds: Number(values.text('expires')) * 60,
      })
      draft.sentId = sentId
      app.queries.invalidate(`instances/${id}`)
    },
  })
}

function drawPreview(app: App, draft: Draft): Child {
  const words = app.words.bubble
  const url = /^https:\/\/\S+$/u.test(draft.image) ? draft.image : undefined
  const label = draft.buttonText.trim() === '' ? 'Copiar código' : draft.buttonText
  const view = {
    fromMe: false,
    author: words.author,
    text: draft.message,
    buttons: draft.code === '' ? [] : [{ label, code: draft.code }],
    time: clockText(app, Date.now(), false),
    ...(draft.image.trim() === '' ? {} : { image: { alt: words.imageAlt, ...(url && { url }) } }),
  }
  const copy = (code: string): void => {
    void navigator.clipboard.writeText(code).then(() => app.say(app.words.copied))
  }
  return foreign(drawBubble(view, words, { copy }), JSON.stringify(view))
}

/** Six digits, as people know them. For trying out: nobody logs in with it. */
function newCode(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return String(number % 1_000_000).padStart(6, '0')
}
