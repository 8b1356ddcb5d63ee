/** Before somebody is in: making the first administrator, and logging in. */

import type { LogInAnswer } from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { field, form } from './form.js'
import { h } from './render.js'

const password = { type: 'password', minlength: 12, maxlength: 200 } as const

export function drawSetUp(app: App, entered: () => Promise<void>): HTMLElement {
  const words = app.words.setUp
  return door(
    words.title,
    h('p', { class: 'lead' }, words.lead),
    form(app, {
      name: 'set-up',
      submit: words.submit,
      fields: [
        field({
          name: 'setupCode',
          label: words.code,
          class: 'code',
          'data-focus': true,
          spellcheck: 'false',
        }),
        field({ name: 'name', label: words.name, autocomplete: 'username', maxlength: 100 }),
        field({
          ...password,
          name: 'password',
          label: words.password,
          hint: words.passwordHint,
          autocomplete: 'new-password',
        }),
        field({ ...password, name: 'again', label: words.again, autocomplete: 'new-password' }),
      ],
      act: async (values) => {
        if (values.text('password') !== values.text('again')) return words.differ
        await ask('POST', 'set-up', {
          setupCode: values.text('setupCode'),
          name: values.text('name'),
          password: values.text('password'),
        })
        await entered()
      },
    }),
  )
}

export function drawLogIn(app: App, entered: () => Promise<void>): HTMLElement {
  const words = app.words.logIn
  const held = app.hold('log-in', () => ({ needsCode: false }))
  return door(
    words.title,
    form(app, {
      name: 'log-in',
      submit: words.submit,
      fields: [
        field({
          name: 'name',
          label: words.name,
          autocomplete: 'username',
          'data-focus': true,
          maxlength: 100,
        }),
        field({
          name: 'password',
          label: words.password,
          type: 'password',
          maxlength: 200,
          autocomplete: 'current-password',
        }),
        held.needsCode &&
          field({
            name: 'code',
            label: words.code,
            hint: words.codeHint,
            class: 'code',
            autocomplete: 'one-time-code',
            'data-focus': true,
          }),
      ],
      act: async (values) => {
        const code = values.text('code')
        const { state } = await ask<LogInAnswer>('POST', 'log-in', {
          name: values.text('name'),
          password: values.text('password'),
          ...(code === '' ? {} : { code }),
        })
        held.needsCode = state === 'code-needed'
        if (held.needsCode) return
        app.letGo('log-in')
        await entered()
      },
    }),
  )
}

function door(title: string, ...children: readonly (HTMLElement | undefined)[]): HTMLElement {
  return h(
    'main',
    { class: 'door', id: 'content' },
    h('div', { class: 'card' }, h('h1', {}, title), children),
  )
}
