/** Who may call: the Client-Token, addresses, and the token. */

import type { RotatedTokenAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Form, SelectField, TextField, type Values } from '../form.js'
import { dayText } from '../moments.js'
import { Card } from '../parts.js'
import { useKept } from '../reading.js'
import { TokenCard } from '../token-card.js'
import { Ticks } from './behaviour.js'
import { type SettingsProps, useChange, useSaved } from './saved.js'
import { settingsTexts } from './words.js'

export function ClientToken({ instance: { id, settings } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const change = useChange(id)
  return (
    <Card title={words.clientToken} least="administrator">
      <Form
        submit={app.words.save}
        act={(values) => change({ clientTokenOptional: values.isOn('clientTokenOptional') })}
      >
        <Ticks settings={settings} names={['clientTokenOptional']} />
      </Form>
    </Card>
  )
}

export function Callers({ instance: { id, allowedCallers } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const saved = useSaved(id)
  const save = async (values: Values): Promise<undefined> => {
    const networks = values
      .text('networks')
      .split(/[\s,]+/u)
      .filter((each) => each !== '')
    await ask('PUT', `instances/${id}/allowed-callers`, { networks })
    return saved()
  }
  return (
    <Card title={words.callers} least="administrator">
      <Form submit={app.words.save} act={save}>
        <TextField
          name="networks"
          label={words.callersLabel}
          hint={words.callersHint}
          className="code"
          defaultValue={allowedCallers.join('\n')}
          spellCheck={false}
        />
      </Form>
    </Card>
  )
}

interface Rotation {
  readonly made: RotatedTokenAnswer | undefined
}

export function Token({ instance: { id } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const [{ made }, change] = useKept(`rotation ${id}`, (): Rotation => ({ made: undefined }))
  const rotate = async (values: Values): Promise<undefined> => {
    change({
      made: await ask<RotatedTokenAnswer>('POST', `instances/${id}/token`, {
        overlapSeconds: Number(values.text('overlap')),
      }),
    })
  }
  if (made !== undefined) {
    const { token, previousUntil: until } = made
    const note = until === undefined ? undefined : words.previousUntil(dayText(app, until))
    return <TokenCard id={id} token={token} note={note} done={() => change({ made: undefined })} />
  }
  return (
    <Card title={words.token} least="administrator">
      <p className="hint">{words.tokenHint}</p>
      <Form submit={words.rotate} act={rotate}>
        <SelectField
          name="overlap"
          label={words.overlap}
          first="86400"
          options={Object.entries(words.overlaps)}
        />
      </Form>
    </Card>
  )
}
