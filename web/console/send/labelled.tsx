/** Label, hint and what is wrong, around a control or a group of them. */

import { type ReactNode, use } from 'react'
import { useApp } from '../app.js'
import { hintOf, labelOf } from './call-words.js'
import { listBody } from './draft.js'
import { controlId, FormContext } from './form-context.js'
import type { Attribute } from './schema.js'
import type { Value } from './values.js'

export interface FieldProps {
  readonly attribute: Attribute
  /** `carousel.0.image` */
  readonly place: string
  /** In place of the label of the attribute. */
  readonly label?: string | undefined
  readonly value: Value
  readonly change: (value: Value) => void
}

interface LabelledProps extends Pick<FieldProps, 'attribute' | 'place' | 'label'> {
  readonly children: (props: {
    readonly id: string
    readonly name: string
    readonly required: boolean
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': true | undefined
  }) => ReactNode
  /** Beside the control. */
  readonly beside?: ReactNode
}

export function Labelled({ attribute, place, label, children, beside }: LabelledProps) {
  const { language, words } = useApp()
  const { name, schema, isRequired } = attribute
  const { id: form, fault } = use(FormContext)
  const id = controlId(form, place)
  const hint = hintOf(schema.description, language)
  const isWrong = fault?.place === place
  const described = [hint && `${id}-hint`, isWrong && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <div className="schema__head">
        <label htmlFor={id}>
          {label ?? labelOf(name, language)}
          {!isRequired && <span className="faint"> ({words.send.optional})</span>}
        </label>
        <AttributeName name={name} />
      </div>
      {children({
        id,
        name: place,
        required: isRequired,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': isWrong || undefined,
      })}
      {beside}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FaultText place={place} />
    </div>
  )
}

export function FaultText({ place }: { readonly place: string }) {
  const { id: form, fault } = use(FormContext)
  if (fault?.place !== place) return undefined
  return (
    <p className="problem" id={`${controlId(form, place)}-fault`} role="alert">
      {fault.text}
    </p>
  )
}

interface FieldSetProps extends Pick<FieldProps, 'attribute' | 'place' | 'label'> {
  readonly children: ReactNode
}

export function FieldSet({ attribute, place, label, children }: FieldSetProps) {
  const { language } = useApp()
  const { id: form } = use(FormContext)
  const hint = hintOf(attribute.schema.description, language)
  return (
    <fieldset className="schema__set" id={controlId(form, place)} tabIndex={-1}>
      <legend>
        {label ?? labelOf(attribute.name, language)}
        <AttributeName name={attribute.name} />
      </legend>
      {hint !== undefined && <p className="hint">{hint}</p>}
      <FaultText place={place} />
      {children}
    </fieldset>
  )
}

/** As programs write it. */
export function AttributeName({ name }: { readonly name: string }) {
  return (
    name !== '' &&
    name !== listBody && (
      <code className="schema__name" aria-hidden="true">
        {name}
      </code>
    )
  )
}
