/** Forms: labels, what goes wrong, and sending once. What is typed belongs to the inputs themselves. */

import { useMutation } from '@tanstack/react-query'
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type SubmitEvent,
  use,
  useId,
} from 'react'
import { Refusal } from './api.js'
import { useApp } from './app.js'
import { refusalText } from './reading.js'

export interface Values {
  text(name: string): string
  isOn(name: string): boolean
  /** The file that was chosen. */
  file(name: string): File | undefined
  /** The first field that a text names. */
  named(text: string): string | undefined
}

/** What is wrong with one field. */
interface Fault {
  readonly name: string
  readonly text: string
}

const FaultContext = createContext<Fault | undefined>(undefined)

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
    const values = valuesIn(new FormData(form))
    acting.mutate(values, {
      onError: (error) => focusOn(form, fieldIn(error, values)),
      onSuccess: (wrong) => {
        if (clears && wrong === undefined) form.reset()
      },
    })
  }
  const wrong = acting.error === null ? acting.data : refusalText(app, acting.error)
  const name = fieldIn(acting.error, acting.variables)
  const fault = name === undefined || wrong === undefined ? undefined : { name, text: wrong }
  const atEnd = fault === undefined ? wrong : undefined
  return (
    <form onSubmit={send}>
      <FaultContext value={fault}>{children}</FaultContext>
      {/* Always there, so that what it says is read aloud. */}
      <p className="problem" role="alert" hidden={atEnd === undefined}>
        {atEnd}
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
  const file = (name: string): File | undefined => {
    const value = data.get(name)
    return value instanceof File && value.size > 0 ? value : undefined
  }
  const named = (said: string): string | undefined =>
    said
      .match(/[A-Za-z]\w*(?:[.-]\w+)*/gu)
      ?.flatMap((word) => [word, ...word.split('.')])
      .find((word) => data.has(word))
  return { text, isOn: (name) => data.has(name), file, named }
}

/** The texts of the gateway name the attribute that is wrong, and fields are called like attributes. */
function fieldIn(error: Error | null, values: Values | undefined): string | undefined {
  if (!(error instanceof Refusal) || error.status !== 400) return undefined
  return values?.named(error.message)
}

function focusOn(form: HTMLFormElement, name: string | undefined): void {
  const field = name === undefined ? null : form.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}

interface Labelled {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

type FieldProps = Labelled & ComponentProps<'input'>

export function Field({ label, hint, ...input }: FieldProps) {
  return (
    <Around name={input.name} label={label} hint={hint}>
      {(props) => <input required autoComplete="off" {...input} {...props} />}
    </Around>
  )
}

export function TextField({ label, hint, ...input }: Labelled & ComponentProps<'textarea'>) {
  return (
    <Around name={input.name} label={label} hint={hint}>
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
    <Around name={name} label={label} hint={hint}>
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

export function FileField({ label, hint, ...input }: FieldProps) {
  return (
    <Around name={input.name} label={label} hint={hint}>
      {(props) => <input {...input} {...props} type="file" />}
    </Around>
  )
}

interface TickProps extends Labelled {
  readonly isOn: boolean
}

export function TickField({ name, label, hint, isOn }: TickProps) {
  const hintId = useId()
  return (
    <div className="tick">
      <label className="tick">
        <input
          type="checkbox"
          name={name}
          defaultChecked={isOn}
          aria-describedby={hint === undefined ? undefined : hintId}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface AroundProps {
  readonly name: string | undefined
  readonly label: string
  readonly hint: string | undefined
  readonly children: (props: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': true | undefined
  }) => ReactNode
}

function Around({ name, label, hint, children }: AroundProps) {
  const id = useId()
  const fault = use(FaultContext)
  const wrong = fault !== undefined && fault.name === name ? fault.text : undefined
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const wrongId = wrong === undefined ? undefined : `${id}-wrong`
  const about = [wrongId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': about, 'aria-invalid': wrong ? true : undefined })}
      {wrong !== undefined && (
        <p className="field-fault" role="alert" id={wrongId}>
          {wrong}
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}
