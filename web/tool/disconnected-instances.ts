/** Numbers that are not connected, for the pictures of what the console says about them. */

import { CallbackReceiver } from '../../sandbox/src/callback-receiver.js'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair, type Sandbox } from '../../sandbox/src/sandbox.js'

export async function disconnectedInstances({
  client,
  simulator,
}: Pick<Sandbox, 'client' | 'simulator'>): Promise<{
  /** By WhatsApp, and its receiver of callbacks is gone. */
  readonly blocked: SandboxInstance
  /** On the phone. */
  readonly unlinked: SandboxInstance
}> {
  const gone = await CallbackReceiver.start()
  gone.answerStatus = 410
  const asked = new Promise<void>((resolve) => {
    gone.beforeAnswer = () => resolve()
  })
  const [phone, other] = await Promise.all([
    simulator.addPhone({ phone: '5511977770007', name: 'Filial Olinda' }),
    simulator.addPhone({ phone: '5511977770008', name: 'Filial Natal' }),
  ])
  const blocked = await client.createInstance('Filial Olinda')
  await client.onInstance(blocked, 'PUT', 'update-every-webhooks', { value: gone.url })
  await pair(client, blocked, phone)
  await setFaults(simulator.controlUrl, {
    logins: [{ code: 402, expire: 86_400, phone: phone.phone }],
  })
  const drop = { phone: phone.phone, action: 'drop' }
  await setFaults(simulator.controlUrl, { connections: [drop] })
  const unlinked = await client.createInstance('Filial Natal')
  await pair(client, unlinked, other)
  await other.unlink(other.linkedDevices()[0]?.device ?? -1)
  await asked
  await gone[Symbol.asyncDispose]()
  return { blocked, unlinked }
}

async function setFaults(url: string, change: object): Promise<void> {
  await fetch(`${url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
}
