/** Pieces that several pages are made of. */

import type { InstanceState, MessageStatus, QrAnswer } from '../../gateway/src/console/answers.js'
import type { App } from './app.js'
import type { Refusal } from './api.js'
import { type Child, h, svg } from './render.js'
import { pathOf, type Route } from './route.js'

export function card(title: Child, ...children: readonly Child[]): HTMLElement {
  return h('section', { class: 'card' }, title && h('h2', {}, title), ...children)
}

/** A link within the console, opened without loading the page anew. */
export function link(
  app: App,
  to: Route,
  props: Readonly<Record<string, string | boolean | undefined>>,
  ...children: readonly Child[]
): HTMLElement {
  const follow = (event: Event): void => {
    const isPlain =
      event instanceof MouseEvent && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!isPlain) return
    event.preventDefault()
    app.go(to)
  }
  return h('a', { ...props, href: pathOf(to), onclick: follow }, ...children)
}

const toneOfState: Readonly<Record<InstanceState, string>> = {
  idle: 'quiet',
  connecting: 'busy',
  pairing: 'busy',
  open: 'good',
  waiting: 'warn',
  ended: 'bad',
}

export function statePill(app: App, state: InstanceState): HTMLElement {
  return pill(toneOfState[state], app.words.states[state])
}

const toneOfStatus: Readonly<Record<MessageStatus, string>> = {
  queued: 'quiet',
  sending: 'busy',
  unknown: 'warn',
  sent: 'busy',
  delivered: 'good',
  read: 'good',
  played: 'good',
  failed: 'bad',
  expired: 'bad',
  cancelled: 'quiet',
}

export function statusPill(app: App, status: MessageStatus): HTMLElement {
  return pill(toneOfStatus[status], app.words.statuses[status])
}

export function pill(tone: string, text: string): HTMLElement {
  return h('span', { class: `pill pill--${tone}` }, text)
}

/** `facts([['Name', 'value'], …])` */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  )
}

export function copyable(app: App, text: string, label: string): HTMLElement {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    app.say(app.words.copied)
  }
  return h(
    'span',
    { class: 'copyable' },
    h('code', {}, text),
    h(
      'button',
      {
        type: 'button',
        class: 'small',
        'aria-label': `${app.words.copy}: ${label}`,
        onclick: () => void copy(),
      },
      app.words.copy,
    ),
  )
}

/** Grey bars where something will stand, so that nothing moves when it comes. */
export function skeleton(rows: number): HTMLElement {
  return h(
    'div',
    { class: 'skeleton', 'aria-hidden': 'true' },
    Array.from({ length: rows }, () => h('div', {})),
  )
}

export function refusalText(app: App, refusal: Refusal): string {
  if (refusal.status === 0) return app.words.noAnswer
  return refusal.message === '' ? app.words.failed : refusal.message
}

export function problem(app: App, refusal: Refusal | undefined): Child {
  return refusal && h('p', { class: 'problem', role: 'alert' }, refusalText(app, refusal))
}

export function drawQr({ size, path }: QrAnswer, label: string): SVGElement {
  return svg(
    'svg',
    { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label },
    svg('rect', { width: size, height: size, class: 'qr__ground' }),
    svg('path', { d: path, class: 'qr__ink' }),
  )
}

/** A choice among few, as radio buttons that look like one switch. */
export function choices<T extends string>(
  name: string,
  legend: string,
  labels: Readonly<Record<T, string>>,
  order: readonly T[],
  chosen: T,
  choose: (choice: T) => void,
): HTMLElement {
  return h(
    'fieldset',
    { class: 'choices' },
    h('legend', { class: 'unseen' }, legend),
    order.map((choice) =>
      h(
        'label',
        { class: choice === chosen ? 'chosen' : '' },
        h('input', {
          type: 'radio',
          name,
          class: 'unseen',
          checked: choice === chosen,
          onchange: () => choose(choice),
        }),
        labels[choice],
      ),
    ),
  )
}

/** A button that asks once more before it acts. */
export function guarded(
  app: App,
  name: string,
  words: { readonly ask: string; readonly really: string; readonly yes: string },
  act: () => Promise<void>,
): HTMLElement {
  const held = app.hold(`guarded ${name}`, () => ({ isAsked: false, isBusy: false }))
  const turn = (isAsked: boolean) => () => {
    held.isAsked = isAsked
    app.update()
  }
  const doIt = async (): Promise<void> => {
    held.isBusy = true
    app.update()
    await act().finally(() => {
      held.isAsked = false
      held.isBusy = false
      app.update()
    })
  }
  if (!held.isAsked)
    return h(
      'div',
      {},
      h('button', { type: 'button', class: 'danger', key: 'ask', onclick: turn(true) }, words.ask),
    )
  return h(
    'div',
    { class: 'guarded', role: 'group', 'aria-label': words.ask },
    h('p', {}, words.really),
    h(
      'button',
      {
        type: 'button',
        class: 'danger filled',
        key: 'yes',
        disabled: held.isBusy,
        'data-focus': true,
        onclick: () => void doIt(),
      },
      words.yes,
    ),
    h('button', { type: 'button', key: 'no', onclick: turn(false) }, app.words.cancel),
  )
}

export interface Cell {
  readonly class?: string
  readonly content: Child
  /** Said before it where the heading of the column is not seen: on a phone. */
  readonly label?: string
}

export interface Row {
  readonly key: string
  readonly class?: string
  readonly cells: readonly Cell[]
}

/** On a phone each row becomes a small card, so the roles are named: the style would take them away. */
export function table(
  caption: string,
  headings: readonly Child[],
  rows: readonly Row[],
): HTMLElement {
  return h(
    'div',
    { class: 'scrolls', key: 'table' },
    h(
      'table',
      { class: 'list list--cards', role: 'table' },
      h('caption', { class: 'unseen' }, caption),
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          headings.map((heading) => h('th', { scope: 'col', role: 'columnheader' }, heading)),
        ),
      ),
      h(
        'tbody',
        { role: 'rowgroup' },
        rows.map((row) =>
          h(
            'tr',
            { key: row.key, class: row.class, role: 'row' },
            row.cells.map((cell) =>
              h('td', { class: cell.class, 'data-label': cell.label, role: 'cell' }, cell.content),
            ),
          ),
        ),
      ),
    ),
  )
}
