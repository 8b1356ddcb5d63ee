/** All instances, and making another one. */

import type {
  CreatedInstanceAnswer,
  InstancesAnswer,
  InstanceSummary,
} from '../../gateway/src/console/answers.js'
import { ask } from './api.js'
import type { App } from './app.js'
import { clearForm, field, form } from './form.js'
import { phoneText } from './moments.js'
import {
  copyable,
  facts,
  link,
  pill,
  problem,
  type Row,
  skeleton,
  statePill,
  table,
} from './parts.js'
import { type Child, h } from './render.js'

interface HeldPage {
  isCreating: boolean
  /** Its token is shown until the person has it. */
  made: CreatedInstanceAnswer | undefined
}

export function drawInstances(app: App): HTMLElement {
  const words = app.words.instances
  const { data, refusal } = app.queries.read<InstancesAnswer>('instances', { everyMs: 30_000 })
  const held = app.hold('instances', (): HeldPage => ({ isCreating: false, made: undefined }))
  const turn = (isCreating: boolean) => () => {
    held.isCreating = isCreating
    app.update()
  }
  return h(
    'main',
    { id: 'content' },
    h(
      'div',
      { class: 'title-row' },
      h('div', {}, h('h1', { tabindex: -1 }, words.title), h('p', { class: 'lead' }, words.lead)),
      h('button', { type: 'button', class: 'filled', onclick: turn(true) }, words.create),
    ),
    held.made !== undefined &&
      drawToken(app, held.made, () => {
        held.made = undefined
        app.update()
      }),
    held.isCreating &&
      h(
        'section',
        { class: 'card', key: 'create' },
        h('h2', {}, words.create),
        form(app, {
          name: 'create',
          submit: words.submit,
          fields: [
            field({
              name: 'name',
              label: words.name,
              hint: words.nameHint,
              maxlength: 255,
              'data-focus': true,
            }),
          ],
          beside: h('button', { type: 'button', onclick: turn(false) }, app.words.cancel),
          act: async (values) => {
            held.made = await ask<CreatedInstanceAnswer>('POST', 'instances', {
              name: values.text('name'),
            })
            held.isCreating = false
            clearForm(app, 'create')
            app.queries.invalidate('instances')
          },
        }),
      ),
    problem(app, refusal),
    data === undefined ? skeleton(4) : drawList(app, data.instances),
  )
}

/** A token that the gateway tells this once. */
export function drawToken(
  app: App,
  { id, token }: CreatedInstanceAnswer,
  done: () => void,
  note?: string,
): HTMLElement {
  const words = app.words.token
  return h(
    'section',
    { class: 'card card--important', key: `token ${token}`, 'aria-live': 'polite' },
    h('h2', {}, words.title),
    h('p', {}, h('strong', {}, words.once), note !== undefined && ` ${note}`),
    facts([
      [words.id, copyable(app, id, words.id)],
      [words.token, copyable(app, token, words.token)],
    ]),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'filled', onclick: done }, words.done),
    ),
  )
}

function drawList(app: App, instances: readonly InstanceSummary[]): Child {
  const words = app.words.instances
  if (instances.length === 0) return h('p', { class: 'empty' }, words.empty)
  return table(
    words.title,
    [words.name, words.number, words.state, words.waiting],
    instances.map((instance) => rowOf(app, instance)),
  )
}

function rowOf(app: App, instance: InstanceSummary): Row {
  const words = app.words.instances
  const { id, name, phone, state, waiting } = instance
  const to = { page: 'instance', id, tab: 'overview', item: undefined } as const
  return {
    key: id,
    cells: [
      { content: link(app, to, { class: 'row-link' }, name) },
      {
        class: phone === undefined ? 'faint' : 'number',
        content: phone === undefined ? words.unpaired : phoneText(phone),
      },
      {
        content: h(
          'span',
          { class: 'pills' },
          statePill(app, state),
          instance.restrictedUntil !== undefined && pill('warn', words.restricted),
          instance.cancelledAt !== undefined && pill('bad', words.outOfUse),
        ),
      },
      { class: 'number', content: waiting, label: words.waiting },
    ],
  }
}
