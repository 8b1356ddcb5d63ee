/** What the gateway sets for every number: shown here because a person looks for it here. */

import type {
  GatewaySetting,
  GatewaySettingsAnswer,
} from '../../../gateway/src/console/settings-answers.js'
import { useTexts } from '../../shared/texts.js'
import { Card, Problem, Skeleton } from '../parts.js'
import { useReading } from '../reading.js'
import { settingsTexts, type SettingsWords } from './words.js'

export function AllNumbers() {
  const words = useTexts(settingsTexts)
  const { data, refusal } = useReading<GatewaySettingsAnswer>('gateway-settings', {
    everyMs: 3_600_000,
  })
  return (
    <Card title={words.all}>
      <p className="hint">{words.allHint}</p>
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={9} />}
      <dl className="gateway-settings">
        {data?.settings.map((setting) => (
          <div key={setting.name}>
            <dt>
              {words.allSettings[setting.name][0]}
              <code className="faint">{setting.name}</code>
            </dt>
            <dd>
              <strong className="number">{valueText(words, setting.value)}</strong>{' '}
              <span className="faint small-text">
                {words.preset}: {valueText(words, setting.preset)}
              </span>
              <p className="hint">{words.allSettings[setting.name][1]}</p>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function valueText(words: SettingsWords, value: GatewaySetting['value']): string {
  if (value === null) return words.unset
  if (typeof value === 'number') return String(value)
  return value ? words.on : words.off
}
