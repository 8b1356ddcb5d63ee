/** How the number stands, pairing its phone, and letting it go. */

import type {
  InstanceAnswer,
  PairingAnswer,
  PairingCodeAnswer,
} from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { field, form } from './form.js'
import { dayText, phoneText } from './moments.js'
import { card, copyable, drawQr, facts, guarded, problem, statePill } from './parts.js'
import { type Child, h } from './render.js'

export function drawOverview(app: App, instance: InstanceAnswer): Child {
  const words = app.words.overview
  const { id, state, restrictedUntil } = instance
  return [
    card(
      words.connection,
      h('p', { class: 'state-line' }, statePill(app, state), ' ', app.words.stateHints[state]),
      restrictedUntil !== undefined &&
        h('p', { class: 'warning' }, words.restrictedUntil(dayText(app, restrictedUntil))),
      state === 'open' &&
        guarded(
          app,
          `disconnect ${id}`,
          { ask: words.disconnect, really: words.disconnectReally, yes: words.disconnectYes },
          async () => {
            await ask('POST', `instances/${id}/disconnect`)
            app.queries.invalidate('instances')
          },
        ),
    ),
    state !== 'open' && state !== 'waiting' && drawPairing(app, instance),
    card(
      words.facts,
      facts([
        [words.id, copyable(app, id, words.id)],
        [
          words.number,
          instance.phone === undefined ? app.words.instances.unpaired : phoneText(instance.phone),
        ],
        [words.created, dayText(app, instance.createdAt)],
        [words.waiting, instance.waiting],
      ]),
    ),
  ]
}

interface Pairing {
  isShown: boolean
  code: string | undefined
}

function drawPairing(app: App, { id }: InstanceAnswer): HTMLElement {
  const words = app.words.overview
  const held = app.hold(`pairing ${id}`, (): Pairing => ({ isShown: false, code: undefined }))
  const turn = (isShown: boolean) => () => {
    held.isShown = isShown
    app.queries.invalidate(`instances/${id}/qr`)
    app.update()
  }
  return h(
    'section',
    { class: 'card', key: 'pairing' },
    h('h2', {}, words.pair),
    h(
      'div',
      { class: 'pairing' },
      h(
        'div',
        { class: 'qr-place' },
        held.isShown
          ? drawCode(app, id)
          : h(
              'button',
              { type: 'button', class: 'filled', key: 'show', onclick: turn(true) },
              words.show,
            ),
      ),
      h(
        'div',
        {},
        h('p', {}, words.scan),
        h('p', { class: 'faint' }, words.renews),
        held.isShown &&
          h('button', { type: 'button', key: 'hide', onclick: turn(false) }, words.hide),
        h('h3', {}, words.byCode),
        held.code === undefined
          ? form(app, {
              name: `pairing-code ${id}`,
              submit: words.getCode,
              fields: [
                field({
                  name: 'phone',
                  label: words.phone,
                  hint: words.phoneHint,
                  type: 'tel',
                  inputmode: 'tel',
                }),
              ],
              act: async (values) => {
                const path = `instances/${id}/pairing-code`
                const { code } = await ask<PairingCodeAnswer>('POST', path, {
                  phone: values.text('phone'),
                })
                held.code = code
              },
            })
          : h(
              'div',
              { key: 'code', role: 'status' },
              h('p', { class: 'pairing-code' }, `${held.code.slice(0, 4)}-${held.code.slice(4)}`),
              h('p', {}, words.typeCode),
            ),
      ),
    ),
  )
}

function drawCode(app: App, id: string): Child {
  const words = app.words.overview
  const { data, refusal } = app.queries.read<PairingAnswer>(`instances/${id}/qr`, {
    method: 'POST',
    everyMs: 3_000,
  })
  if (data?.qr === undefined)
    return refusal === undefined
      ? h('p', { class: 'faint', role: 'status' }, app.words.loading)
      : problem(app, refusal)
  return [
    drawQr(data.qr, words.qrLabel),
    h(
      'details',
      {},
      h('summary', {}, words.asText),
      h('p', { class: 'hint' }, words.asTextHint),
      copyable(app, data.qr.text, words.asText),
    ),
  ]
}
