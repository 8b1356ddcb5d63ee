/** What a handler of an `<iq>` gets and may do. */

import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import type { FaultPort } from '../fault-port.js'
import type { Network } from '../network.js'

export interface IqCall {
  readonly iq: BinaryNode
  /** The child that says what is asked, wherever it stands; undefined for a question without one. */
  readonly request: BinaryNode | undefined
  readonly device: Device
  readonly network: Network
  /** `host:port` of the media host. */
  readonly mediaHost: string
  /** Serves a file for a while. Returns its URL. */
  readonly publish: (file: Buffer) => string
  readonly faults: Pick<
    FaultPort,
    'isHidden' | 'isUnmentioned' | 'newChatLock' | 'isForged' | 'mediaRefusal'
  >
  /** Runs once the reply has been sent. */
  readonly afterReply: (action: () => void) => void
}

/** Returns the content of the result; `undefined` where WhatsApp does not answer. Throws `IqError` to answer with an error. */
export type IqHandler = (call: IqCall) => BinaryNode[] | undefined

/** Becomes `<iq type=error><error code text/></iq>`. */
export class IqError extends Error {
  override readonly name = 'IqError'
  readonly code: number

  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}
