/** Forms: labels, what goes wrong, and sending once. What is typed belongs to the inputs themselves. */

import { useMutation } from '@tanstack/react-query'
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type SubmitEvent,
  use,
  useId,
  useState,
} from 'react'
import { useApp } from './app.js'
import { refusalText } from './reading.js'

export interface Values {
  text(name: string): string
  isOn(name: string): boolean
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
  const [names, setNames] = useState<readonly string[]>([])
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (acting.isPending) return
    const form = event.currentTarget
    setNames([...new FormData(form).keys()])
    acting.mutate(valuesIn(new FormData(form)), {
      onSuccess: (wrong) => {
        if (clears && wrong === undefined) form.reset()
      },
      onError: (error) => {
        const field = form.elements.namedItem(fieldIn(error.message, names) ?? '')
        if (field instanceof HTMLElement) field.focus()
      },
    })
  }
  const wrong = acting.error === null ? acting.data : refusalText(app, acting.error)
  const name = fieldIn(acting.error?.message ?? '', names)
  const fault = name === undefined || wrong === undefined ? undefined : { name, text: wrong }
  return (
    <form onSubmit={send}>
      <FaultContext value={fault}>{children}</FaultContext>
      {/* Always there, so that what it says is read aloud. */}
      <p className="problem" role="alert" hidden={wrong === undefined || fault !== undefined}>
        {fault === undefined && wrong}
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

/** The field that a refusal names at its beginning, as in "phone is not a number". */
function fieldIn(text: string, names: readonly string[]): string | undefined {
  const [, first] = /^(?:body\/)?([A-Za-z]+)/u.exec(text) ?? []
  return names.find((name) => name === first)
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
  readonly name: string
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
  const isWrong = fault?.name === name
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const described = [hintId, isWrong && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': isWrong || undefined,
      })}
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
      {isWrong && (
        <p className="problem" id={`${id}-fault`} role="alert">
          {fault.text}
        </p>
      )}
    </div>
  )
}
