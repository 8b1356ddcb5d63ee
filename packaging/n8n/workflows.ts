/** What n8n imports: the key of the sandbox's instance, a workflow that sends, one that answers. */

import type { Sandbox } from '../../sandbox/src/sandbox.js'

const credentials = { recadoApi: { id: 'sandbox', name: 'Sandbox' } }

export function keyOf({ gateway, instance, clientToken }: Sandbox): object {
  const data = { url: gateway.url, instanceId: instance.id, token: instance.token, clientToken }
  return { ...credentials.recadoApi, type: 'recadoApi', data }
}

/** Started by hand: one code to one phone. */
export function sendingWorkflow(phone: string, code: string): object {
  const parameters = {
    resource: 'message',
    operation: 'sendButtonOtp',
    phone,
    message: `It is ${code}`,
    code,
    additionalFields: { buttonText: 'Copy it', expiresIn: 300 },
  }
  const start = { type: 'n8n-nodes-base.manualTrigger', name: 'Start', parameters: {} }
  return workflow('sending', [start, { type: recado('recado'), name: 'Send', parameters }])
}

/** Started by a message: it answers its sender with a list of options, which is written as JSON. */
export function answeringWorkflow(): object {
  const answer = {
    resource: 'message',
    operation: 'sendOptionList',
    phone: '={{ $json.phone }}',
    message: '=You said: {{ $json.text.message }}',
    optionList: JSON.stringify({ title: 'More', buttonLabel: 'Open', options: [{ title: 'One' }] }),
    additionalFields: {},
  }
  return workflow('answering', [
    { type: recado('recadoTrigger'), name: 'Message', parameters: { events: ['received'] } },
    { type: recado('recado'), name: 'Answer', parameters: answer },
  ])
}

interface Step {
  readonly type: string
  readonly name: string
  readonly parameters: object
}

const recado = (name: string) => `n8n-nodes-recado.${name}`

/** One step after the other. */
function workflow(id: string, steps: readonly Step[]): object {
  const nodes = steps.map((step, index) => ({
    id: `${id}-${index}`,
    typeVersion: 1,
    position: [index * 200, 0],
    ...(step.type.startsWith('n8n-nodes-recado') && { credentials }),
    ...(step.type.endsWith('Trigger') && { webhookId: `${id}-webhook` }),
    ...step,
  }))
  const [first, second] = steps
  const next = { main: [[{ node: second?.name, type: 'main', index: 0 }]] }
  return {
    id,
    name: id,
    nodes,
    connections: { [first?.name ?? '']: next },
    settings: {},
    active: false,
  }
}
