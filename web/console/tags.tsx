/** The tags of an instance, and changing them. */

import { useState } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { useReadAgain } from './reading.js'
import { useMay } from './role.js'
import { Pill } from './status.js'
import { bannerWords } from './words/banners.js'

export function Tags({ instance: { id, tags } }: { readonly instance: InstanceAnswer }) {
  const { words, language } = useApp()
  const own = bannerWords[language]
  const readAgain = useReadAgain()
  const may = useMay('operator')
  const [isOpen, setOpen] = useState(false)
  const save = async (values: Values): Promise<undefined> => {
    const given = values
      .text('tags')
      .split(',')
      .map((tag) => tag.trim())
    const next = [...new Set(given.filter((tag) => tag !== ''))]
    await ask('PATCH', `instances/${id}`, { settings: { tags: next } })
    await readAgain(`instances/${id}`, 'home')
    setOpen(false)
  }
  if (!isOpen)
    return (
      <div className="tags">
        {tags.map((tag) => (
          <Pill key={tag} tone="quiet">
            {tag}
          </Pill>
        ))}
        {may && (
          <button type="button" className="small" onClick={() => setOpen(true)}>
            {tags.length === 0 ? own.addTags : own.editTags}
          </button>
        )}
      </div>
    )
  return (
    <div className="tags tags--open">
      <Form
        submit={words.save}
        act={save}
        beside={
          <button type="button" onClick={() => setOpen(false)}>
            {words.cancel}
          </button>
        }
      >
        <Field
          name="tags"
          label={own.tags}
          hint={own.tagsHint}
          defaultValue={tags.join(', ')}
          required={false}
          maxLength={330}
          autoFocus
        />
      </Form>
    </div>
  )
}
