/** Callback URLs that get nothing any more because their receivers answered 410, and switching them on again. */

import type {
  DisabledEndpoint,
  InstanceAnswer,
} from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { dayText } from './moments.js'
import { useAct, useReadAgain } from './reading.js'
import { Needs } from './role.js'

interface DisabledEndpointsProps {
  readonly instance: InstanceAnswer
}

/** Stands at the head of every tab of the instance. */
export function DisabledEndpoints({ instance: { id, disabledEndpoints } }: DisabledEndpointsProps) {
  return disabledEndpoints.map((endpoint) => (
    <Disabled key={endpoint.url} id={id} endpoint={endpoint} />
  ))
}

interface DisabledProps {
  /** Of the instance. */
  readonly id: string
  readonly endpoint: DisabledEndpoint
}

function Disabled({ id, endpoint: { url, kinds, disabledAt } }: DisabledProps) {
  const app = useApp()
  const words = app.words.disabledEndpoint
  const readAgain = useReadAgain()
  const enable = useAct(async () => {
    await ask('POST', `instances/${id}/endpoints/enable`, { url })
    app.say(words.enabled)
    await readAgain(`instances/${id}`, 'instances')
  })
  return (
    <div className="problem disabled-endpoint" role="status">
      <p>
        <strong>{words.disabled(dayText(app, disabledAt))}</strong>
      </p>
      <p>
        <code>{url}</code>
      </p>
      <p className="small-text">{kinds.map((kind) => app.words.kinds[kind]).join(' · ')}</p>
      <p>{words.disabledCure}</p>
      <Needs least="operator">
        <button type="button" disabled={enable.isPending} onClick={() => enable.mutate()}>
          {words.enable}
        </button>
      </Needs>
    </div>
  )
}
