/** A list whose items are added and removed one by one. */

import { type ComponentType, use, useState } from 'react'
import { useApp } from '../app.js'
import { itemLabelOf } from './call-words.js'
import { controlId, FormContext } from './form-context.js'
import { FieldSet, type FieldProps } from './labelled.js'
import type { Schema } from './schema.js'
import { emptyOf, isList, type Value } from './values.js'

export interface ItemProps {
  readonly label: string
  readonly place: string
  readonly schema: Schema
  readonly value: Value
  readonly change: (value: Value) => void
}

interface ListProps extends FieldProps {
  readonly items: Schema
  readonly Item: ComponentType<ItemProps>
}

export function ListField({ attribute, place, value, change, items, Item }: ListProps) {
  const { words, language } = useApp()
  const { id: form } = use(FormContext)
  const [added, setAdded] = useState<number>()
  const { name, schema } = attribute
  const held = isList(value) ? value : []
  const isFull = held.length >= (schema.maxItems ?? Number.POSITIVE_INFINITY)
  const isLeast = attribute.isRequired && held.length <= (schema.minItems ?? 0)
  const replace = (index: number, item: Value): void => change(held.with(index, item))
  const add = (): void => {
    setAdded(held.length)
    change([...held, emptyOf('', items, true)])
  }
  const remove = (index: number): void => {
    change(held.toSpliced(index, 1))
    // What had the focus is gone.
    document.getElementById(controlId(form, place))?.focus()
  }
  return (
    <FieldSet attribute={attribute} place={place}>
      {held.map((item, index) => {
        const label = itemLabelOf(name, index + 1, language)
        return (
          // Items have no identity but their place.
          <div key={index} className="schema__item" ref={index === added ? focusFirst : undefined}>
            <Item
              label={label}
              place={`${place}.${index}`}
              schema={items}
              value={item}
              change={(changed) => replace(index, changed)}
            />
            <button
              type="button"
              className="small schema__remove"
              aria-label={words.send.removeItem(label)}
              disabled={isLeast}
              onClick={() => remove(index)}
            >
              ✕
            </button>
          </div>
        )
      })}
      <div>
        <button type="button" className="small" disabled={isFull} onClick={add}>
          {words.send.addItem(itemLabelOf(name, held.length + 1, language))}
        </button>
      </div>
    </FieldSet>
  )
}

/** A new item gets the focus. */
function focusFirst(item: HTMLElement | null): void {
  item?.querySelector<HTMLElement>('input, textarea, select')?.focus()
}
