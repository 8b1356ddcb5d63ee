/** `recado pair`: links an instance with a phone, by QR in the terminal or by a code to type. */

import { toString as drawQr } from 'qrcode'
import type { Clock } from '../runtime/clock.js'
import type { InstanceEntry } from './gateway-answers.js'
import { CommandError, type GatewayClient, NotYetError } from './gateway-client.js'
import type { Confirm } from './confirm.js'
import { explain, findInstance, type Print } from './instance-commands.js'
import { PasskeySteps } from './passkey-steps.js'

const pollMs = 1500
/** WhatsApp replaces a QR every 20 s; who has not scanned by then has walked away. */
const patienceMs = 300_000
/** WhatsApp waits ten minutes for a passkey. */
const passkeyPatienceMs = 660_000

export interface PairOptions {
  readonly instanceId: string
  /** The number to link by a code instead of a QR. */
  readonly phone?: string | undefined
  /** Forget the link that is there first. */
  readonly again?: boolean | undefined
}

/** Returns once the instance is connected. Throws `CommandError` if no phone links it in time. */
export async function pair(
  client: GatewayClient,
  { instanceId, phone, again = false }: PairOptions,
  {
    print,
    clock,
    confirm,
  }: { readonly print: Print; readonly clock: Clock; readonly confirm: Confirm },
): Promise<void> {
  const instance = await findInstance(client, instanceId)
  const { connected, disconnection } = await client.status(instance)
  if (again && !connected) await client.disconnect(instance)
  else if (disconnection?.remedy === 'reconnect')
    throw new CommandError(
      `${explain(instanceId, disconnection).join('\n')}\n→ To pair it again all the same: recado pair ${instanceId} --again`,
    )
  const begin = (): Step =>
    persistent(
      phone === undefined
        ? qrSteps(client, instance, print)
        : codeSteps(client, instance, phone, print),
      print,
    )
  const isConnected = persistent(async () => {
    const status = await client.status(instance)
    if (status.connected || status.disconnection === undefined) return status.connected
    throw new NotYetError(explain(instanceId, status.disconnection).join('\n'))
  }, print)
  const passkey = new PasskeySteps(client, instance, { print, confirm })

  let deadline = clock.now() + patienceMs
  let step = begin()
  while (clock.now() < deadline) {
    const { isUnderWay, news, over } = await passkey.look()
    if (news) deadline = clock.now() + passkeyPatienceMs
    if (over) step = begin()
    // A number that is linked and away is no reason to show a QR, and not connected either.
    if (!isUnderWay && (await step()) && (await isConnected())) {
      print('Connected.')
      return
    }
    await clock.sleep(pollMs)
  }
  throw new CommandError('No phone linked the instance in time. Run the command again.')
}

/** One look at the pairing; prints what is new. True once it is done. */
type Step = () => Promise<boolean>

/** WhatsApp may be out of reach, or all QR codes of a pairing used up: the next step begins a new one. */
function persistent(step: Step, print: Print): Step {
  let told: string | undefined
  return async () => {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof NotYetError)) throw error
      if (error.message !== told) print(error.message)
      told = error.message
      return false
    }
  }
}

function qrSteps(client: GatewayClient, instance: InstanceEntry, print: Print): Step {
  let shown: string | undefined
  return async () => {
    const { value, connected } = await client.qrCode(instance)
    if (connected || value === undefined) return connected === true
    if (value !== shown) {
      print('\nOn the phone: WhatsApp, Linked devices, Link a device. Scan the newest code:\n')
      print(await drawQr(value, { type: 'terminal', small: true }))
      shown = value
    }
    return false
  }
}

function codeSteps(
  client: GatewayClient,
  instance: InstanceEntry,
  phone: string,
  print: Print,
): Step {
  let isShown = false
  return async () => {
    if (isShown) return (await client.status(instance)).connected
    const { value, connected } = await client.phoneCode(instance, phone)
    if (connected || value === undefined) return connected === true
    print('On the phone: WhatsApp, Linked devices, Link a device, Link with phone number.')
    print(`The code is ${value}`)
    isShown = true
    return false
  }
}
