/**
 * The QR codes of one socket, shown one after the other until one is scanned.
 *
 * Baileys would rotate them by itself, but it cannot be stopped: it goes on while a passkey is asked for, with a
 * secret that does not count any more, and ends the socket after the last. So its own first code never gives way
 * (`qrTimeout` in `socket-options.ts`), and these are shown instead, in WhatsApp's rhythm.
 */

import {
  type BinaryNode,
  buildPairingQRData,
  DEFAULT_CONNECTION_CONFIG,
  type WASocket,
} from 'baileys'
import type { Clock } from '../../runtime/clock.js'

const firstMs = 60_000
const othersMs = 20_000

export interface PairingQrsOptions {
  readonly sock: Pick<WASocket, 'ws' | 'authState'>
  readonly clock: Clock
  readonly show: (text: string) => void
  /** Called when the last has been shown for its time. */
  readonly usedUp: () => void
}

export class PairingQrs {
  readonly #options: PairingQrsOptions
  #rotation = new AbortController()

  constructor(options: PairingQrsOptions) {
    this.#options = options
    options.sock.ws.on('CB:iq,type:set,pair-device', (node: BinaryNode) => {
      this.withdraw()
      this.#rotation = new AbortController()
      void this.#rotate(refsIn(node), this.#rotation.signal)
    })
  }

  /** Shows no more; `usedUp` is not called. */
  withdraw(): void {
    this.#rotation.abort()
  }

  async #rotate(refs: readonly string[], stopped: AbortSignal): Promise<void> {
    const { sock, clock, show, usedUp } = this.#options
    const { noiseKey, signedIdentityKey, advSecretKey } = sock.authState.creds
    for (const [index, ref] of refs.entries()) {
      show(
        buildPairingQRData(
          ref,
          Buffer.from(noiseKey.public).toString('base64'),
          Buffer.from(signedIdentityKey.public).toString('base64'),
          advSecretKey,
          DEFAULT_CONNECTION_CONFIG.browser,
        ),
      )
      await clock.sleep(index === 0 ? firstMs : othersMs, stopped)
      if (stopped.aborted) return
    }
    usedUp()
  }
}

function refsIn({ content }: BinaryNode): readonly string[] {
  const [device] = Array.isArray(content) ? content : []
  const refs = Array.isArray(device?.content) ? device.content : []
  return refs
    .filter(({ tag }) => tag === 'ref')
    .map((ref) => (ref.content instanceof Uint8Array ? Buffer.from(ref.content).toString() : ''))
}
