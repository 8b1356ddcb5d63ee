/** Takes a person at the terminal through WhatsApp's passkey step, beside the QR or the code of `recado pair`. */

import type { Confirm } from './confirm.js'
import type { InstanceEntry, PasskeyStateEntry } from './gateway-answers.js'
import { CommandError, type GatewayClient, NotYetError } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export interface PasskeyStepsOptions {
  readonly print: Print
  readonly confirm: Confirm
}

export class PasskeySteps {
  readonly #client: GatewayClient
  readonly #instance: InstanceEntry
  readonly #options: PasskeyStepsOptions
  #told = 'none'

  constructor(client: GatewayClient, instance: InstanceEntry, options: PasskeyStepsOptions) {
    this.#client = client
    this.#instance = instance
    this.#options = options
  }

  /** One look. `news`: something was printed, so a person is at work. `over`: the step failed; another QR or code is needed. */
  async look(): Promise<{
    readonly isUnderWay: boolean
    readonly news: boolean
    readonly over: boolean
  }> {
    const passkey = await this.#client.passkey(this.#instance).catch((cause: unknown) => {
      if (cause instanceof NotYetError) return { state: this.#told }
      throw cause
    })
    const { state } = passkey
    // How the step before ended is no news to who begins.
    const isOld = this.#told === 'none' && (state === 'failed' || state === 'linked')
    const news = state !== this.#told && !isOld
    if (!isOld) this.#told = state
    if (news) await this.#tell(passkey)
    const isUnderWay = !['none', 'failed', 'linked'].includes(state)
    return { isUnderWay, news, over: news && state === 'failed' }
  }

  async #tell(passkey: PasskeyStateEntry): Promise<void> {
    const { print } = this.#options
    switch (passkey.state) {
      case 'passkey':
        return this.#tellLink(passkey.deadline)
      case 'phone':
        return print('Signed. Now confirm on the phone, with WhatsApp open there.')
      case 'code':
        return this.#compare(passkey.code ?? '')
      case 'finishing':
        return print('Confirmed. The phone completes the linking.')
      case 'failed':
        return print(`${passkey.cause ?? ''} ${passkey.cure ?? ''}`)
      default:
        return undefined
    }
  }

  async #tellLink(deadline = 0): Promise<void> {
    const { url } = await this.#client.passkeyLink(this.#instance)
    this.#options.print(`
WhatsApp asks for the passkey of this number. Until ${new Date(deadline).toISOString()}:
  1. Open this link in a browser on a computer. It counts once, for this linking alone:
     ${url}
  2. Do what its page says: it has the passkey sign on web.whatsapp.com.
  3. Confirm on the phone, with WhatsApp open there.
`)
  }

  async #compare(code: string): Promise<void> {
    const { print, confirm } = this.#options
    print(`The phone must show this code: ${code}`)
    const isSame = await confirm('Does the phone show the same?')
    if (isSame === undefined) return print('Say so on the page of the link, or in the console.')
    const { success, reason } = await this.#client.comparePasskeyCode(this.#instance, isSame)
    if (!success) throw new CommandError(reason ?? 'The code cannot be compared any more.')
    return undefined
  }
}
