/** What can be changed of an instance: its name, how it behaves, who is told, who may call, and its token. */

import type { InstanceAnswer, RotatedTokenAnswer } from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { field, form, selectField, textField, tickField } from './form.js'
import { drawToken } from './instances-page.js'
import { dayText } from './moments.js'
import { card } from './parts.js'
import { type Child, h } from './render.js'

type Kind = keyof App['words']['kinds']

const kinds: readonly Kind[] = [
  'message.sent',
  'message.failed',
  'message.status-changed',
  'message.received',
  'call.changed',
  'chat.presence-changed',
  'instance.connected',
  'instance.disconnected',
  'instance.proxy-failed',
]

export function drawSettings(app: App, instance: InstanceAnswer): Child {
  return [
    drawBasics(app, instance),
    drawAddresses(app, instance),
    drawCallers(app, instance),
    drawRotation(app, instance),
  ]
}

async function saved(app: App, id: string, asked: Promise<unknown>): Promise<void> {
  await asked
  app.queries.invalidate(`instances/${id}`, 'instances')
  app.say(app.words.saved)
}

function drawBasics(app: App, { id, name, settings }: InstanceAnswer): HTMLElement {
  const words = app.words.settings
  return card(
    words.behaviour,
    form(app, {
      name: `basics ${id}`,
      submit: app.words.save,
      fields: [
        field({ name: 'name', label: words.name, value: name, maxlength: 255 }),
        tickField(
          'refuseWhileDisconnected',
          words.refuseWhileDisconnected,
          settings.refuseWhileDisconnected,
        ),
        tickField('notifySentByMe', words.notifySentByMe, settings.notifySentByMe),
        tickField('tellCodes', words.tellCodes, settings.tellCodes),
      ],
      act: (values) =>
        saved(
          app,
          id,
          ask('PATCH', `instances/${id}`, {
            name: values.text('name'),
            settings: {
              refuseWhileDisconnected: values.isOn('refuseWhileDisconnected'),
              notifySentByMe: values.isOn('notifySentByMe'),
              tellCodes: values.isOn('tellCodes'),
            },
          }),
        ),
    }),
  )
}

function drawAddresses(app: App, { id, endpoints }: InstanceAnswer): HTMLElement {
  const words = app.words.settings
  return card(
    words.addresses,
    h('p', { class: 'hint' }, words.addressesHint),
    form(app, {
      name: `addresses ${id}`,
      submit: app.words.save,
      fields: kinds.map((kind) =>
        field({
          name: kind,
          label: app.words.kinds[kind],
          type: 'url',
          required: false,
          placeholder: 'https://',
          value: endpoints[kind] ?? '',
          maxlength: 2_048,
        }),
      ),
      act: async (values) => {
        // Those that go to one place are set at once.
        const byUrl = new Map<string, Kind[]>()
        for (const kind of kinds) {
          const url = values.text(kind).trim()
          if (url !== (endpoints[kind] ?? '')) byUrl.set(url, [...(byUrl.get(url) ?? []), kind])
        }
        for (const [url, changed] of byUrl)
          await ask('PUT', `instances/${id}/endpoints`, { kinds: changed, url })
        await saved(app, id, Promise.resolve())
      },
    }),
  )
}

function drawCallers(app: App, { id, allowedCallers }: InstanceAnswer): HTMLElement {
  const words = app.words.settings
  return card(
    words.callers,
    form(app, {
      name: `callers ${id}`,
      submit: app.words.save,
      fields: [
        textField({
          name: 'networks',
          label: words.callersLabel,
          hint: words.callersHint,
          class: 'code',
          value: allowedCallers.join('\n'),
          spellcheck: 'false',
        }),
      ],
      act: (values) => {
        const networks = values
          .text('networks')
          .split(/[\s,]+/u)
          .filter((each) => each !== '')
        return saved(app, id, ask('PUT', `instances/${id}/allowed-callers`, { networks }))
      },
    }),
  )
}

interface Rotation {
  made: RotatedTokenAnswer | undefined
}

function drawRotation(app: App, { id }: InstanceAnswer): Child {
  const words = app.words.settings
  const held = app.hold(`rotation ${id}`, (): Rotation => ({ made: undefined }))
  if (held.made !== undefined) {
    const { token, previousUntil } = held.made
    const note =
      previousUntil === undefined ? undefined : words.previousUntil(dayText(app, previousUntil))
    const done = (): void => {
      held.made = undefined
      app.update()
    }
    return drawToken(app, { id, token }, done, note)
  }
  return card(
    words.token,
    h('p', { class: 'hint' }, words.tokenHint),
    form(app, {
      name: `rotation ${id}`,
      submit: words.rotate,
      fields: [
        selectField(
          { name: 'overlap', label: words.overlap, value: '86400' },
          Object.entries(words.overlaps),
        ),
      ],
      act: async (values) => {
        held.made = await ask<RotatedTokenAnswer>('POST', `instances/${id}/token`, {
          overlapSeconds: Number(values.text('overlap')),
        })
      },
    }),
  )
}
