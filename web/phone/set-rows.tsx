/** Rows of a page about a chat: switches, choices, texts that are saved, and things that are done. */

import { type ReactNode, type SubmitEvent, useId } from 'react'
import { Icon, type IconName } from '../bubble/icons.js'
import { formText } from './form-text.js'

interface SectionProps {
  readonly title?: string
  readonly children: ReactNode
}

export function Section({ title, children }: SectionProps) {
  return (
    <section className="section">
      {title !== undefined && <h2 className="page__heading">{title}</h2>}
      {children}
    </section>
  )
}

interface ToggleRowProps {
  readonly label: string
  readonly isOn: boolean
  readonly change: (on: boolean) => void
  /** Before the label. */
  readonly mark?: ReactNode
}

/** It shows what was chosen at once, and is drawn again when the simulator says otherwise. */
export function ToggleRow({ label, isOn, change, mark }: ToggleRowProps) {
  return (
    <label className="set-row">
      {mark}
      <span className="set-row__label">{label}</span>
      <input
        key={String(isOn)}
        type="checkbox"
        role="switch"
        className="toggle"
        defaultChecked={isOn}
        onChange={({ target }) => change(target.checked)}
      />
    </label>
  )
}

export type Option = readonly [value: string, text: string]

interface ChoiceRowProps {
  readonly label: string
  readonly options: readonly Option[]
  readonly chosen: string
  readonly choose: (value: string) => void
}

export function ChoiceRow({ label, options, chosen, choose }: ChoiceRowProps) {
  return (
    <label className="set-row">
      <span className="set-row__label">{label}</span>
      <select
        key={`${chosen} ${options.length}`}
        className="field field--small"
        defaultValue={chosen}
        onChange={({ target }) => choose(target.value)}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ActionRowProps {
  readonly icon: IconName
  readonly label: string
  readonly act: () => void
  readonly look?: 'plain' | 'danger'
}

export function ActionRow({ icon, label, act, look = 'plain' }: ActionRowProps) {
  return (
    <button className={`act-row act-row--${look}`} type="button" onClick={act}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  )
}

interface TextRowProps {
  readonly label: string
  readonly value?: string
  readonly button: string
  readonly maxLength: number
  /** Whether the field is empty afterwards. */
  readonly clears?: boolean
  readonly save: (text: string) => void
}

/** Enter saves, too. */
export function TextRow(props: TextRowProps) {
  const { label, value = '', button, maxLength, clears = false, save } = props
  const id = useId()
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    save(formText(new FormData(form), 'text'))
    if (clears) form.reset()
  }
  return (
    <form className="text-row" onSubmit={submit}>
      <span className="text-row__field">
        <label htmlFor={id}>{label}</label>
        <input
          key={value}
          id={id}
          name="text"
          className="field field--small"
          defaultValue={value}
          maxLength={maxLength}
          autoComplete="off"
        />
      </span>
      <button className="text-button" type="submit">
        {button}
      </button>
    </form>
  )
}
