/** Runs bare Baileys as a child process and tells it what to do. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Phone } from '@recado/simulator'
import type { Burst } from './burst.js'

/** To send each message as soon as the one before is acknowledged. */
export type BareOrder = Burst

export type BareAnswer =
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'sent' }

const program = fileURLToPath(new URL('bare-program.ts', import.meta.url))

export class BareClient implements AsyncDisposable {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Links it to the phone; it is open when this resolves. */
  static async linkedTo(
    phone: Phone,
    network: { readonly url: string; readonly rootKey: string; readonly caFile?: string },
  ): Promise<BareClient> {
    const child = fork(program, [network.url, network.rootKey], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: network.caFile ?? '' },
    })
    child.setMaxListeners(0)
    const bare = new BareClient(child)
    const qr = await bare.#answer('qr')
    await phone.scan(qr.text)
    await bare.#answer('open')
    return bare
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  /** Resolves when WhatsApp has acknowledged the last one. */
  async send(burst: Burst): Promise<void> {
    const sent = this.#answer('sent')
    this.#child.send(burst)
    await sent
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  #answer<K extends BareAnswer['kind']>(kind: K): Promise<Extract<BareAnswer, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const hear = (answer: BareAnswer): void => {
        if (answer.kind !== kind) return
        this.#child.off('message', hear)
        resolve(answer as Extract<BareAnswer, { kind: K }>)
      }
      this.#child.on('message', hear)
      this.#child.once('exit', () => reject(new Error('bare Baileys ended')))
    })
  }
}
