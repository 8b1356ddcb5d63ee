/** One's own account: where one is logged in, the password, and one-time codes. */

import type {
  LoginSessionsAnswer,
  RecoveryCodesAnswer,
  SecondFactorOffer,
  VisitAnswer,
} from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { clearForm, field, form } from './form.js'
import { dayText } from './moments.js'
import { card, copyable, drawQr, pill, problem, skeleton } from './parts.js'
import { saying } from './queue-tab.js'
import { type Child, h } from './render.js'

type Administrator = NonNullable<VisitAnswer['administrator']>

/** `reload`: who looks at the console has changed. */
export function drawAccount(app: App, me: Administrator, reload: () => Promise<void>): HTMLElement {
  return h(
    'main',
    { id: 'content' },
    h(
      'div',
      { class: 'title-row' },
      h(
        'div',
        {},
        h('h1', { tabindex: -1 }, app.words.account.title),
        h('p', { class: 'lead' }, me.name),
      ),
    ),
    drawSecondFactor(app, me, reload),
    drawPassword(app),
    drawSessions(app),
  )
}

function drawSessions(app: App): HTMLElement {
  const words = app.words.account
  const { data, refusal } = app.queries.read<LoginSessionsAnswer>('sessions', { everyMs: 30_000 })
  const end = (path: string) => () =>
    void saying(app, async () => {
      await ask('DELETE', path)
      app.queries.invalidate('sessions')
      app.say(words.ended)
    })
  return card(
    words.sessions,
    problem(app, refusal),
    data === undefined
      ? skeleton(2)
      : h(
          'ul',
          { class: 'sessions' },
          data.sessions.map((session) =>
            h(
              'li',
              { key: session.id },
              h(
                'div',
                {},
                h('strong', {}, browserText(session.browser)),
                ' ',
                session.isThis && pill('good', words.thisOne),
                h(
                  'p',
                  { class: 'hint' },
                  `${session.address} · ${words.since} ${dayText(app, session.createdAt)} · ${words.seen} ${dayText(app, session.lastSeenAt)}`,
                ),
              ),
              !session.isThis &&
                h(
                  'button',
                  { type: 'button', class: 'small', onclick: end(`sessions/${session.id}`) },
                  words.end,
                ),
            ),
          ),
        ),
    data !== undefined &&
      data.sessions.length > 1 &&
      h('button', { type: 'button', onclick: end('sessions') }, words.endOthers),
  )
}

function drawPassword(app: App): HTMLElement {
  const words = app.words.account
  return card(
    words.password,
    form(app, {
      name: 'password',
      submit: words.change,
      fields: [
        field({
          name: 'now',
          label: words.now,
          type: 'password',
          autocomplete: 'current-password',
          maxlength: 200,
        }),
        field({
          name: 'next',
          label: words.next,
          hint: app.words.setUp.passwordHint,
          type: 'password',
          autocomplete: 'new-password',
          minlength: 12,
          maxlength: 200,
        }),
      ],
      act: async (values) => {
        await ask('PUT', 'password', {
          password: values.text('now'),
          newPassword: values.text('next'),
        })
        clearForm(app, 'password')
        app.queries.invalidate('sessions')
        app.say(words.changed)
      },
    }),
  )
}

interface Enrolment {
  offer: SecondFactorOffer | undefined
  recoveryCodes: readonly string[]
}

function drawSecondFactor(app: App, me: Administrator, reload: () => Promise<void>): HTMLElement {
  const words = app.words.account
  const held = app.hold('second factor', (): Enrolment => ({ offer: undefined, recoveryCodes: [] }))
  if (held.recoveryCodes.length > 0) return drawRecoveryCodes(app, held)
  if (me.hasSecondFactor)
    return card(
      words.secondFactor,
      h('p', {}, words.on, ' ', words.codesLeft(me.recoveryCodesLeft)),
      form(app, {
        name: 'drop factor',
        submit: words.drop,
        fields: [
          field({
            name: 'factor-password',
            label: words.now,
            type: 'password',
            autocomplete: 'current-password',
          }),
        ],
        act: async (values) => {
          await ask('POST', 'second-factor/drop', { password: values.text('factor-password') })
          app.say(words.dropped)
          await reload()
        },
      }),
    )
  const start = (): void =>
    void saying(app, async () => {
      held.offer = await ask<SecondFactorOffer>('POST', 'second-factor/offer')
      app.update()
    })
  return card(
    words.secondFactor,
    h('p', {}, words.off),
    held.offer === undefined
      ? h('button', { type: 'button', class: 'filled', key: 'start', onclick: start }, words.start)
      : drawEnrolment(app, held, held.offer, reload),
  )
}

function drawEnrolment(
  app: App,
  held: Enrolment,
  { secret, qr }: SecondFactorOffer,
  reload: () => Promise<void>,
): Child {
  const words = app.words.account
  return h(
    'div',
    { class: 'pairing', key: 'enrolment' },
    h('div', { class: 'qr-place' }, drawQr(qr, words.scan)),
    h(
      'div',
      {},
      h('p', {}, words.scan),
      h('p', { class: 'hint' }, words.secret),
      h('p', {}, copyable(app, secret, words.secret)),
      form(app, {
        name: 'enrol',
        submit: words.confirm,
        fields: [
          field({
            name: 'code',
            label: app.words.logIn.code,
            class: 'code',
            inputmode: 'numeric',
            autocomplete: 'one-time-code',
            maxlength: 10,
          }),
          field({
            name: 'factor-password',
            label: words.now,
            type: 'password',
            autocomplete: 'current-password',
          }),
        ],
        act: async (values) => {
          const answer = await ask<RecoveryCodesAnswer>('PUT', 'second-factor', {
            secret,
            code: values.text('code'),
            password: values.text('factor-password'),
          })
          held.offer = undefined
          held.recoveryCodes = answer.recoveryCodes
          await reload()
        },
      }),
    ),
  )
}

function drawRecoveryCodes(app: App, held: Enrolment): HTMLElement {
  const words = app.words.account
  const kept = (): void => {
    held.recoveryCodes = []
    app.update()
  }
  return h(
    'section',
    { class: 'card card--important', 'aria-live': 'polite' },
    h('h2', {}, words.recovery),
    h('p', {}, words.recoveryOnce),
    h(
      'ul',
      { class: 'recovery' },
      held.recoveryCodes.map((code) => h('li', {}, h('code', {}, code))),
    ),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'filled', onclick: kept }, words.kept),
    ),
  )
}

/** `Firefox on Linux` of what a browser says about itself at length. */
function browserText(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//u.exec(agent)?.[1] ?? ''
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/u.exec(agent)?.[1] ?? ''
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' }
  const text = [browser, system].map((part) => names[part] ?? part).filter((part) => part !== '')
  return text.length === 0 ? '—' : text.join(' · ')
}
