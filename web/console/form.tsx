/** Forms: labels, what goes wrong, and sending once. What is typed belongs to the inputs themselves. */

import { useMutation } from '@tanstack/react-query'
import { type ComponentProps, type ReactNode, type SubmitEvent, useId } from 'react'
import { useApp } from './app.js'
import { refusalText } from './reading.js'

export interface Values {
  text(name: string): string
  isOn(name: string): boolean
}

interface FormProps {
  readonly submit: string
  readonly children: ReactNode
  /** A `Refusal` is shown; a text that it gives is shown as what went wrong. */
  readonly act: (values: Values) => Promise<string | undefined>
  /** Beside the button. */
  readonly beside?: ReactNode
  /** Empty again when it is done. */
  readonly clears?: boolean
  readonly isDangerous?: boolean
}

export function Form({ submit, children, act, beside, clears, isDangerous }: FormProps) {
  const app = useApp()
  const acting = useMutation({ mutationFn: act })
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (acting.isPending) return
    const form = event.currentTarget
    acting.mutate(valuesIn(new FormData(form)), {
      onSuccess: (wrong) => {
        if (clears && wrong === undefined) form.reset()
      },
    })
  }
  const wrong = acting.error === null ? acting.data : refusalText(app, acting.error)
  return (
    <form onSubmit={send}>
      {children}
      {/* Always there, so that what it says is read aloud. */}
      <p className="problem" role="alert" hidden={wrong === undefined}>
        {wrong}
      </p>
      <div className="actions">
        <button
          type="submit"
          className={isDangerous ? 'danger filled' : 'filled'}
          aria-disabled={acting.isPending || undefined}
        >
          {submit}
        </button>
        {beside}
      </div>
    </form>
  )
}

function valuesIn(data: FormData): Values {
  const text = (name: string): string => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { text, isOn: (name) => data.has(name) }
}

interface Labelled {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

type FieldProps = Labelled & ComponentProps<'input'>

export function Field({ label, hint, ...input }: FieldProps) {
  return (
    <Around label={label} hint={hint}>
      {(props) => <input required autoComplete="off" {...input} {...props} />}
    </Around>
  )
}

export function TextField({ label, hint, ...input }: Labelled & ComponentProps<'textarea'>) {
  return (
    <Around label={label} hint={hint}>
      {(props) => <textarea rows={3} {...input} {...props} />}
    </Around>
  )
}

interface SelectProps extends Labelled {
  readonly first: string
  readonly options: readonly (readonly [value: string, label: string])[]
}

export function SelectField({ label, hint, name, first, options }: SelectProps) {
  return (
    <Around label={label} hint={hint}>
      {(props) => (
        <select name={name} defaultValue={first} {...props}>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Around>
  )
}

interface TickProps {
  readonly name: string
  readonly label: string
  readonly isOn: boolean
}

export function TickField({ name, label, isOn }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" name={name} defaultChecked={isOn} />
      <span>{label}</span>
    </label>
  )
}

interface AroundProps {
  readonly label: string
  readonly hint: string | undefined
  readonly children: (props: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}

function Around({ label, hint, children }: AroundProps) {
  const id = useId()
  const hintId = hint === undefined ? undefined : `${id}-hint`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': hintId })}
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}
