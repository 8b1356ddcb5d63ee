/** Forms: labels, what goes wrong, and sending once. */

import { Refusal } from './api.js'
import type { App } from './app.js'
import { refusalText } from './parts.js'
import { type Child, h, type Props } from './render.js'

export interface FormOptions {
  /** Unique on the page. What is typed belongs to this name. */
  readonly name: string
  readonly submit: string
  readonly fields: readonly Child[]
  /** A `Refusal` is shown; a text that it gives is shown as what went wrong. */
  readonly act: (values: Values) => Promise<string | undefined | void>
  /** Beside the button. */
  readonly beside?: Child
  readonly oninput?: () => void
}

export interface Values {
  text(name: string): string
  isOn(name: string): boolean
}

interface Held {
  isBusy: boolean
  error: string | undefined
  /** Another one makes the inputs empty again. */
  generation: number
}

export function form(app: App, options: FormOptions): HTMLElement {
  const held = heldOf(app, options.name)
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (held.isBusy || !(event.target instanceof HTMLFormElement)) return
    const data = new FormData(event.target)
    Object.assign(held, { isBusy: true, error: undefined })
    app.update()
    try {
      held.error = (await options.act(valuesIn(data))) ?? undefined
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      held.error = refusalText(app, cause)
    } finally {
      held.isBusy = false
      app.update()
    }
  }
  return h(
    'form',
    {
      key: `${options.name} ${held.generation}`,
      onsubmit: (event) => void submit(event),
      oninput: options.oninput,
    },
    ...options.fields,
    // Always there, so that what it says is read aloud.
    h('p', { class: 'problem', role: 'alert', hidden: held.error === undefined }, held.error),
    h(
      'div',
      { class: 'actions' },
      h(
        'button',
        { type: 'submit', class: 'filled', 'aria-disabled': held.isBusy ? 'true' : undefined },
        options.submit,
      ),
      options.beside,
    ),
  )
}

/** Its inputs begin anew. */
export function clearForm(app: App, name: string): void {
  const held = heldOf(app, name)
  held.generation += 1
  held.error = undefined
  app.update()
}

function heldOf(app: App, name: string): Held {
  return app.hold(`form ${name}`, () => ({ isBusy: false, error: undefined, generation: 0 }))
}

function valuesIn(data: FormData): Values {
  const text = (name: string): string => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { text, isOn: (name) => data.has(name) }
}

export interface FieldOptions extends Props {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

export function field({ label, hint, name, ...input }: FieldOptions): HTMLElement {
  return labelled(label, hint, name, (props) =>
    h('input', { name, required: true, autocomplete: 'off', ...input, ...props }),
  )
}

export function textField({ label, hint, name, ...input }: FieldOptions): HTMLElement {
  return labelled(label, hint, name, (props) =>
    h('textarea', { name, rows: 3, ...input, ...props }),
  )
}

export function selectField(
  { label, hint, name, value }: FieldOptions,
  options: readonly (readonly [value: string, label: string])[],
): HTMLElement {
  return labelled(label, hint, name, (props) =>
    h(
      'select',
      { name, value, ...props },
      options.map(([each, text]) => h('option', { value: each }, text)),
    ),
  )
}

export function tickField(name: string, label: string, isOn: boolean): HTMLElement {
  return h(
    'label',
    { class: 'tick' },
    h('input', { type: 'checkbox', name, checked: isOn }),
    h('span', {}, label),
  )
}

function labelled(
  label: string,
  hint: string | undefined,
  name: string,
  input: (props: Props) => HTMLElement,
): HTMLElement {
  const id = `field-${name}`
  const hintId = `${id}-hint`
  return h(
    'div',
    { class: 'field', key: id },
    h('label', { for: id }, label),
    input({ id, 'aria-describedby': hint === undefined ? undefined : hintId }),
    hint !== undefined && h('p', { class: 'hint', id: hintId }, hint),
  )
}
