/**
 * The stage of a journey: the simulator, a gateway process, a receiver of
 * callbacks, and numbers paired on demand.
 *
 * Polices itself when it ends. A code that was handed out by `newCode` and a token
 * may stand in no line that the gateway wrote and, in clear, in no file of its
 * data; the number and the LID of a phone may stand in no line. Once it listens
 * it writes log lines and nothing else: libsignal prints private keys.
 */

import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Phone, type PhoneMessage, type Simulator, startSimulator } from '@recado/simulator'
import { CallbackReceiver, type ReceivedCallback } from '../../../sandbox/src/callback-receiver.js'
import { GatewayClient, type SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../../../sandbox/src/gateway-process.js'
import { type Companion, linkCompanion } from '../../../simulator/test/support/companion.js'
import { pair, placeOf, sandboxSettings } from '../../../sandbox/src/sandbox.js'

export interface JourneyOptions {
  readonly settings?: Readonly<Record<string, string>>
  /** Where the gateway finds WhatsApp, if not at the simulator itself: a proxy before it. */
  readonly whatsappUrl?: (simulator: Simulator) => Promise<string>
  /** Another program around the gateway, see `lingering-gateway.ts`. */
  readonly program?: string
}

export interface SendAnswer {
  readonly zaapId: string
  readonly messageId: string
  readonly id: string
}

export class Journey implements AsyncDisposable {
  readonly simulator: Simulator
  readonly callbacks: CallbackReceiver
  readonly dataDir: string
  readonly clientToken = clientToken
  readonly partnerToken = partnerToken
  gateway: GatewayProcess
  client: GatewayClient
  readonly #options: JourneyOptions
  /** Codes and tokens: secrets wherever they stand. */
  readonly #secrets: string[] = [clientToken, partnerToken]
  /** Numbers and LIDs. The store has to know them; the log must not. */
  readonly #people: string[] = []
  /** What gateways that are gone by now have written. */
  readonly #earlierOutput: string[] = []
  readonly #companions: Companion[] = []
  #phonesMade = 0

  private constructor(
    simulator: Simulator,
    callbacks: CallbackReceiver,
    dataDir: string,
    gateway: GatewayProcess,
    options: JourneyOptions,
  ) {
    this.simulator = simulator
    this.callbacks = callbacks
    this.dataDir = dataDir
    this.gateway = gateway
    this.client = clientOf(gateway)
    this.#options = options
  }

  static async start(options: JourneyOptions = {}): Promise<Journey> {
    const directory = await mkdtemp(join(tmpdir(), 'recado-journey-'))
    const dataDir = join(directory, 'gateway')
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    const callbacks = await CallbackReceiver.start()
    const gateway = await startGateway(simulator, dataDir, options)
    return new Journey(simulator, callbacks, dataDir, gateway, options)
  }

  /** A phone with a number of its own. */
  async newPhone(
    options: { phone?: string; business?: boolean; asksForPasskey?: 'on' | 'by-iq' } = {},
  ): Promise<Phone> {
    this.#phonesMade += 1
    const number = options.phone ?? `551199${String(this.#phonesMade).padStart(7, '0')}`
    const phone = await this.simulator.addPhone({
      phone: number,
      name: `Person ${this.#phonesMade}`,
      business: options.business ?? false,
      asksForPasskey: options.asksForPasskey,
    })
    this.#people.push(number, phone.lid.replace(/[:@].*/, ''))
    return phone
  }

  /** A code that must not turn up where codes do not belong. At most 15 characters, so it expires as an OTP. */
  newCode(): string {
    const code = `QZX${randomBytes(5).toString('hex').toUpperCase()}`
    this.#secrets.push(code)
    return code
  }

  /** A secret that was not made by the test: it may turn up nowhere either. */
  keepsHidden(secret: string): void {
    this.#secrets.push(secret)
  }

  /** An instance with its callbacks going to `callbacks`, not paired yet. */
  async newInstance(): Promise<SandboxInstance> {
    const instance = await this.client.createInstance('journey')
    this.#secrets.push(instance.token)
    await this.client.onInstance(instance, 'PUT', 'update-every-webhooks', {
      value: this.callbacks.url,
    })
    return instance
  }

  /** An instance linked to a phone of its own, and open. */
  async pairedInstance({ business = false } = {}): Promise<{
    instance: SandboxInstance
    phone: Phone
  }> {
    const instance = await this.newInstance()
    const phone = await this.newPhone({ business })
    await pair(this.client, instance, phone)
    return { instance, phone }
  }

  /** Links one more device to the phone, as WhatsApp on a computer would be. */
  async companionOf(phone: Phone): Promise<Companion> {
    const companion = await linkCompanion(this.simulator, phone)
    this.#companions.push(companion)
    return companion
  }

  async sendOtp(instance: SandboxInstance, body: object): Promise<SendAnswer> {
    return (await this.client.onInstance(instance, 'POST', 'send-button-otp', body)) as SendAnswer
  }

  /** Sets what goes wrong, as a user can: through the simulator's control API. */
  async setFaults(change: object): Promise<void> {
    const response = await fetch(`${this.simulator.controlUrl}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    })
    if (!response.ok) throw new Error(`PUT /faults: ${await response.text()}`)
  }

  delivery(zaapId: string): Promise<ReceivedCallback> {
    return this.callbacks.next(
      ({ body }) => body['type'] === 'DeliveryCallback' && body['zaapId'] === zaapId,
    )
  }

  status(messageId: string, status: string): Promise<ReceivedCallback> {
    return this.callbacks.next(
      ({ body }) =>
        body['type'] === 'MessageStatusCallback' &&
        body['status'] === status &&
        Array.isArray(body['ids']) &&
        body['ids'].includes(messageId),
    )
  }

  /** Ends the gateway without a word, as a power cut would. */
  async killGateway(): Promise<void> {
    this.gateway.kill('SIGKILL')
    await this.gateway.ended
  }

  /** Starts the gateway again on the same data. The earlier one must be gone. */
  async restartGateway(options: JourneyOptions = this.#options): Promise<void> {
    this.#earlierOutput.push(...this.gateway.output)
    this.gateway = await startGateway(this.simulator, this.dataDir, options)
    this.client = clientOf(this.gateway)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway[Symbol.asyncDispose]()
    await this.callbacks[Symbol.asyncDispose]()
    for (const companion of this.#companions) await companion.end()
    await this.simulator[Symbol.asyncDispose]()
    const { failures, unknownNodes } = this.simulator.network
    const leaks = await this.#leaks()
    await rm(dirname(this.dataDir), { recursive: true, force: true })
    if (failures.length > 0) throw new AggregateError(failures, 'The simulator failed.')
    const unknown = unknownNodes.map(({ tag }) => tag)
    if (unknown.length > 0) throw new Error(`The simulator did not know: ${unknown.join(', ')}`)
    if (leaks.length > 0) throw new Error(`What must stay hidden stands in: ${leaks.join('; ')}`)
  }

  async #leaks(): Promise<string[]> {
    const output = [...this.#earlierOutput, ...this.gateway.output]
    const sinceListening = this.gateway.output.slice(indexOfListening(this.gateway.output))
    if (output.length === 0) throw new Error('The gateway wrote nothing, so nothing was checked.')
    const leaks = output.filter((line) => holdsAny(line, [...this.#secrets, ...this.#people]))
    leaks.push(...sinceListening.filter((line) => !isLogLine(line) && !leaks.includes(line)))
    for (const name of await readdir(this.dataDir)) {
      const content = await readFile(join(this.dataDir, name), 'latin1')
      if (holdsAny(content, this.#secrets)) leaks.push(`file ${name}`)
    }
    return leaks
  }
}

function indexOfListening(output: readonly string[]): number {
  return output.findIndex((line) => line.includes('"gateway-listening"'))
}

function isLogLine(line: string): boolean {
  try {
    const fields: unknown = JSON.parse(line)
    return typeof fields === 'object' && fields !== null && 'event' in fields
  } catch {
    return false
  }
}

function holdsAny(text: string, parts: readonly string[]): boolean {
  return parts.some((part) => text.includes(part))
}

/** What the phone shows under this id, once it is there. */
export function shown(phone: Phone, messageId: string): Promise<PhoneMessage> {
  return phone.untilMessage((message) => message.id === messageId)
}

export const clientToken = `F${randomBytes(16).toString('hex')}S`
export const partnerToken = randomBytes(24).toString('hex')

async function startGateway(
  simulator: Simulator,
  dataDir: string,
  { settings, whatsappUrl, program }: JourneyOptions,
): Promise<GatewayProcess> {
  return startGatewayProcess({
    env: {
      ...sandboxSettings,
      RECADO_LOG_LEVEL: 'debug',
      ...placeOf(simulator, dataDir),
      ...(whatsappUrl === undefined ? {} : { RECADO_WHATSAPP_URL: await whatsappUrl(simulator) }),
      ...settings,
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    },
    ...(program === undefined ? {} : { program }),
  })
}

function clientOf(gateway: GatewayProcess): GatewayClient {
  return new GatewayClient(gateway.url, clientToken, partnerToken)
}
