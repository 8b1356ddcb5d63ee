/** How messages are sent, and what the number does by itself with what comes in. */

import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { Form, SelectField, TextField, TickField, type Values } from '../form.js'
import { Card } from '../parts.js'
import { type SettingsProps, useChange } from './saved.js'
import { settingsTexts } from './words.js'

type Settings = InstanceAnswer['settings']

const buttonForms = ['buttons', 'text', 'both'] as const
const lateSends = ['refuse', 'accept'] as const

export function Sending({ instance: { id, settings } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const change = useChange(id)
  const save = (values: Values): Promise<undefined> =>
    change({
      buttonForm: chosenIn(buttonForms, values.text('buttonForm')),
      lateSends: chosenIn(lateSends, values.text('lateSends')),
      refuseWhileDisconnected: values.isOn('refuseWhileDisconnected'),
    })
  return (
    <Card title={words.sending} least="operator">
      <Form submit={app.words.save} act={save}>
        <SelectField
          name="buttonForm"
          label={words.buttonForm}
          hint={words.buttonFormHint}
          first={settings.buttonForm}
          options={buttonForms.map((form) => [form, words.buttonForms[form]] as const)}
        />
        <SelectField
          name="lateSends"
          label={words.lateSends}
          hint={words.lateSendsHint}
          first={settings.lateSends}
          options={lateSends.map((each) => [each, words.lateSendsChoices[each]] as const)}
        />
        <Ticks settings={settings} names={['refuseWhileDisconnected']} />
      </Form>
    </Card>
  )
}

export function Receiving({ instance: { id, settings } }: SettingsProps) {
  const app = useApp()
  const words = useTexts(settingsTexts)
  const change = useChange(id)
  const save = (values: Values): Promise<undefined> =>
    change({
      readMessages: values.isOn('readMessages'),
      readStatuses: values.isOn('readStatuses'),
      rejectCalls: values.isOn('rejectCalls'),
      rejectedCallText: values.text('rejectedCallText').trim(),
    })
  return (
    <Card title={words.receiving} least="operator">
      <Form submit={app.words.save} act={save}>
        <Ticks settings={settings} names={['readMessages', 'readStatuses', 'rejectCalls']} />
        <TextField
          name="rejectedCallText"
          label={words.rejectedCallText}
          hint={words.rejectedCallTextHint}
          defaultValue={settings.rejectedCallText}
          maxLength={4_096}
        />
      </Form>
    </Card>
  )
}

type TickName =
  | 'refuseWhileDisconnected'
  | 'readMessages'
  | 'readStatuses'
  | 'rejectCalls'
  | 'notifySentByMe'
  | 'tellCodes'
  | 'clientTokenOptional'

interface TicksProps {
  readonly settings: Settings
  readonly names: readonly TickName[]
}

/** Each with its default and its risk. */
export function Ticks({ settings, names }: TicksProps) {
  const words = useTexts(settingsTexts)
  return names.map((name) => (
    <TickField
      key={name}
      name={name}
      label={words[name]}
      hint={words[`${name}Hint`]}
      isOn={settings[name]}
    />
  ))
}

function chosenIn<Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  text: string,
): Choice {
  return choices.find((each) => each === text) ?? choices[0]
}
