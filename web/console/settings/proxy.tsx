/** The proxy between the gateway and WhatsApp. */

import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { Field, Form, type Values } from '../form.js'
import { Guarded } from '../guarded.js'
import { Card, Facts } from '../parts.js'
import { type SettingsProps, useSaved } from './saved.js'
import { settingsTexts } from './words.js'

export function ProxyCard({ instance: { id, proxy } }: SettingsProps) {
  const words = useTexts(settingsTexts)
  const saved = useSaved(id)
  const path = `instances/${id}/proxy`
  const save = async (values: Values): Promise<undefined> => {
    await ask('PUT', path, { proxyUrl: values.text('proxyUrl') })
    return saved()
  }
  const now =
    proxy === undefined
      ? words.proxyNone
      : proxy.hasPassword
        ? words.proxyWithPassword(proxy.url)
        : proxy.url
  return (
    <Card title={words.proxy} least="administrator">
      <p className="hint">{words.proxyHint}</p>
      <Facts rows={[[words.proxyNow, now]]} />
      <Form submit={words.saveProxy} act={save} clears>
        <Field
          name="proxyUrl"
          label={words.proxyUrl}
          hint={words.proxyUrlHint}
          type="url"
          spellCheck={false}
          maxLength={2_048}
        />
      </Form>
      {proxy !== undefined && (
        <Guarded
          ask={words.dropProxy}
          really={words.dropProxyReally}
          yes={words.dropProxyYes}
          act={async () => {
            await ask('PUT', path, { proxyUrl: '' })
            await saved()
          }}
        />
      )}
    </Card>
  )
}
