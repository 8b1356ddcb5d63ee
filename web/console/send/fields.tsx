/** The controls of a form that is made of a schema. */

import { FileField } from './file-field.js'
import { FieldSet, type FieldProps } from './labelled.js'
import { type ItemProps, ListField } from './list-field.js'
import { type Attribute, attributesOf, controlOf, isMeant, type Schema } from './schema.js'
import { ChoiceField, LongTextField, TextField, TickField } from './simple-fields.js'
import { isGroup, type Values } from './values.js'

export interface GroupFieldsProps {
  readonly schema: Schema
  /** Of the group; empty at the top. */
  readonly place: string
  readonly values: Values
  readonly change: (values: Values) => void
  /** Which of the attributes. All unless given. */
  readonly shows?: (attribute: Attribute) => boolean
}

/** The fields of an object, one below another; short ones beside each other. */
export function GroupFields({ schema, place, values, change, shows }: GroupFieldsProps) {
  return attributesOf(schema)
    .filter((attribute) => isMeant(attribute.schema, values) && (shows?.(attribute) ?? true))
    .map((attribute) => (
      <SchemaField
        key={attribute.name}
        attribute={attribute}
        place={place === '' ? attribute.name : `${place}.${attribute.name}`}
        value={values[attribute.name] ?? ''}
        change={(value) => change({ ...values, [attribute.name]: value })}
      />
    ))
}

function SchemaField(props: FieldProps) {
  const { attribute, value, change, place } = props
  switch (attribute.control.kind) {
    case 'group':
      return (
        <FieldSet {...props}>
          <div className="schema__group">
            <GroupFields
              schema={attribute.schema}
              place={place}
              values={isGroup(value) ? value : {}}
              change={change}
            />
          </div>
        </FieldSet>
      )
    case 'list':
      return <ListField {...props} items={attribute.control.items} Item={Item} />
    case 'file':
      return <FileField {...props} accept={attribute.control.accept} />
    case 'tick':
      return <TickField {...props} />
    case 'choice':
      return <ChoiceField {...props} choices={attribute.control.choices} />
    case 'long-text':
      return <LongTextField {...props} rows={attribute.control.rows} />
    case 'text':
    case 'number':
      return <TextField {...props} />
  }
}

function Item({ label, place, schema, value, change }: ItemProps) {
  const control = controlOf('', schema)
  const attribute = { name: '', schema, control, isRequired: true }
  if (control.kind !== 'group')
    return <SchemaField {...{ attribute, place, label, value, change }} />
  const values = isGroup(value) ? value : {}
  const [only, ...others] = attributesOf(schema)
  if (only !== undefined && others.length === 0)
    return (
      <SchemaField
        attribute={only}
        place={`${place}.${only.name}`}
        label={label}
        value={values[only.name] ?? ''}
        change={(inside) => change({ [only.name]: inside })}
      />
    )
  return (
    <FieldSet attribute={attribute} place={place} label={label}>
      <div className="schema__group">
        <GroupFields schema={schema} place={place} values={values} change={change} />
      </div>
    </FieldSet>
  )
}
