/** Controls for one text, number, choice or tick. */

import { use } from 'react'
import { useApp } from '../app.js'
import { CountryQuestion } from '../country-question.js'
import { choiceLabelOf, hintOf, labelOf } from './call-words.js'
import { controlId, FormContext } from './form-context.js'
import { AttributeName, FaultText, type FieldProps, Labelled } from './labelled.js'

export function TextField({ attribute, place, label, value, change }: FieldProps) {
  const { recipients } = use(FormContext)
  const { schema, control, name } = attribute
  const isNumber = control.kind === 'number'
  const text = typeof value === 'string' ? value : ''
  return (
    <Labelled
      attribute={attribute}
      place={place}
      label={label}
      beside={name === 'phone' && <CountryQuestion typed={text} take={change} />}
    >
      {(props) => (
        <input
          {...props}
          autoComplete="off"
          value={text}
          onChange={({ target }) => change(target.value)}
          maxLength={isNumber ? undefined : schema.maxLength}
          {...(isNumber && {
            type: 'number',
            min: schema.minimum,
            max: schema.maximum,
            step: control.isWhole ? 1 : 'any',
          })}
          {...(name === 'phone' && place === 'phone' && { list: recipients })}
        />
      )}
    </Labelled>
  )
}

interface LongTextProps extends FieldProps {
  readonly rows: number
}

export function LongTextField({ attribute, place, label, value, change, rows }: LongTextProps) {
  return (
    <Labelled attribute={attribute} place={place} label={label}>
      {(props) => (
        <textarea
          {...props}
          rows={rows}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => change(target.value)}
          maxLength={attribute.schema.maxLength}
        />
      )}
    </Labelled>
  )
}

interface ChoiceProps extends FieldProps {
  readonly choices: readonly string[]
}

export function ChoiceField({ attribute, place, label, value, change, choices }: ChoiceProps) {
  const { language } = useApp()
  return (
    <Labelled attribute={attribute} place={place} label={label}>
      {(props) => (
        <select
          {...props}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => change(target.value)}
        >
          {!attribute.isRequired && <option value="">—</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceLabelOf(choice, language)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

export function TickField({ attribute, place, label, value, change }: FieldProps) {
  const { language } = useApp()
  const { id: form } = use(FormContext)
  const id = controlId(form, place)
  const hint = hintOf(attribute.schema.description, language)
  return (
    <div className="field">
      <div className="schema__head">
        <label className="tick" htmlFor={id}>
          <input
            type="checkbox"
            id={id}
            name={place}
            checked={value === true}
            aria-describedby={hint === undefined ? undefined : `${id}-hint`}
            onChange={({ target }) => change(target.checked)}
          />
          <span>{label ?? labelOf(attribute.name, language)}</span>
        </label>
        <AttributeName name={attribute.name} />
      </div>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FaultText place={place} />
    </div>
  )
}
