/** What a number is called here, and what people in WhatsApp see of it. */

import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import type { AnswerOf } from '../calls.js'
import { Field, FileField, Form, type Values } from '../form.js'
import { Card, Problem, Skeleton } from '../parts.js'
import { useReading } from '../reading.js'
import { type SettingsProps, useSaved } from './saved.js'
import { settingsTexts } from './words.js'

export function Name({ instance: { id, name } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    await ask('PATCH', `instances/${id}`, { name: values.text('name') })
    return saved()
  }
  return (
    <Card title={words.nameTitle} least="operator">
      <Form submit={app.words.save} act={save}>
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          defaultValue={name}
          maxLength={255}
        />
      </Form>
    </Card>
  )
}

export function Profile({ instance }: SettingsProps) {
  const words = useTexts(settingsTexts)
  return (
    <Card title={words.profile} least="operator">
      <p className="hint">{words.profileHint}</p>
      {instance.state === 'open' ? (
        <Connected id={instance.id} />
      ) : (
        <p className="faint">{words.profileAway}</p>
      )}
    </Card>
  )
}

function Connected({ id }: { readonly id: string }) {
  const words = useTexts(settingsTexts)
  const path = `instances/${id}/call/device`
  const { data, refusal } = useReading<AnswerOf<'getDevice'>>(path, { everyMs: 600_000 })
  const saved = useSaved(id)
  const save =
    (call: string) =>
    async (values: Values): Promise<undefined> => {
      await ask('PUT', `instances/${id}/call/${call}`, { value: values.text('value') })
      return saved()
    }
  const savePicture = async (values: Values): Promise<string | undefined> => {
    const file = values.file('value')
    if (file === undefined) return words.choosePicture
    await ask('PUT', `instances/${id}/call/profile-picture`, { value: await dataUrlOf(file) })
    return saved()
  }
  if (data === undefined)
    return refusal === undefined ? <Skeleton rows={6} /> : <Problem refusal={refusal} />
  return (
    <>
      <Form submit={words.saveName} act={save('profile-name')}>
        <Field
          name="value"
          label={words.profileName}
          hint={words.profileNameHint}
          defaultValue={data.name}
          maxLength={25}
        />
      </Form>
      <Form submit={words.saveAbout} act={save('profile-description')}>
        <Field
          name="value"
          label={words.profileAbout}
          hint={words.profileAboutHint}
          defaultValue={data.about}
          maxLength={139}
          required={false}
        />
      </Form>
      <Form submit={words.savePicture} act={savePicture} clears>
        <FileField
          name="value"
          label={words.profilePicture}
          hint={words.profilePictureHint}
          accept="image/*"
        />
      </Form>
    </>
  )
}

/** As the calls of programs take files. */
function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') resolve(reader.result)
    })
    reader.addEventListener('error', () => reject(new Error('The file cannot be read')))
    reader.readAsDataURL(file)
  })
}
