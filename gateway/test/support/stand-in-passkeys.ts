/** WhatsApp's passkey step as the test says, with the real rules of who may answer. What is answered is kept. */

import { PasskeyStepError } from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { PasskeyAnswer } from '../../src/domain/passkey.js'
import { PasskeyLinking } from '../../src/sessions/passkey-linking.js'
import {
  type PasskeyLink,
  PasskeyLinks,
  type PasskeyLinksOptions,
} from '../../src/sessions/passkey-links.js'

export const challenge = Buffer.alloc(32, 7).toString('base64url')
export const askedPasskey = {
  kind: 'passkey',
  options: {
    challenge,
    timeout: 600_000,
    rpId: 'whatsapp.com',
    allowCredentials: [],
    userVerification: 'required',
    extensions: { uvm: true },
  },
  deviceName: 'Chrome (Mac OS)',
  deadline: 1_800_000_600_000,
  provenUntil: 1_800_000_300_000,
} as const

/** Right in its shape. */
export const signedAnswer = {
  id: 'q83vEjRWeJA',
  rawId: 'q83vEjRWeJA',
  type: 'public-key',
  response: {
    clientDataJSON: 'e30',
    authenticatorData: 'AAAA',
    signature: 'AAAA',
    userHandle: null,
  },
}

export class StandInPasskeys {
  readonly linking = new PasskeyLinking()
  readonly answers: PasskeyAnswer[] = []
  readonly compared: boolean[] = []
  restarts = 0
  /** What the next answer meets. */
  refusal: Error | undefined
  readonly #links: PasskeyLinks

  constructor(options: PasskeyLinksOptions) {
    this.#links = new PasskeyLinks(options)
  }

  async answerPasskey(_: InstanceId, answer: PasskeyAnswer): Promise<void> {
    this.linking.checkUnderWay()
    if (this.refusal) throw this.refusal
    this.answers.push(answer)
  }

  async compareCode(_: InstanceId, isSame: boolean): Promise<void> {
    if (this.linking.state?.step.kind !== 'code') throw new PasskeyStepError('There is no code.')
    this.compared.push(isSame)
  }

  async restartPairing(): Promise<void> {
    this.restarts += 1
  }

  async createPasskeyLink(instanceId: InstanceId) {
    this.linking.checkUnderWay()
    return this.#links.create(instanceId, this.linking.state?.challenge ?? '')
  }

  passkeyLink(token: string) {
    return this.#links.find(token)
  }

  byPasskeyLink(link: PasskeyLink) {
    const passkey = this.linking.state
    return passkey?.challenge === link.challenge ? passkey : undefined
  }
}
