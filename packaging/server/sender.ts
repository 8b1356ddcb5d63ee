/** A program that sends codes through the proxy as long as the server takes them, and asks the phone for each. */

import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import type { Phone } from '@recado/simulator'

/** How long a code may take that was accepted while the server went down. */
const patienceMs = 120_000

export interface Address {
  /** The name in the certificate; the server is on this machine. */
  readonly name: string
  /** PEM of the authority that Caddy made for itself. */
  readonly authority: string
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** POSTs JSON by TLS. Rejects where the server cannot be reached or its certificate is another's. */
export function post(
  { name, authority }: Address,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      servername: name,
      path,
      method: 'POST',
      ca: readFileSync(authority),
      agent: false,
      headers: { host: name, 'content-type': 'application/json', ...headers },
    } as const
    const call = request(options, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end(JSON.stringify(body))
  })
}

export interface LinkedNumber {
  readonly id: string
  readonly token: string
  readonly clientToken: string
}

export class Sender {
  readonly #address: Address
  readonly #number: LinkedNumber
  /** The number that the codes go to. */
  readonly #to: string
  readonly #recipient: Phone
  /** By the id of its message. */
  readonly #accepted = new Map<string, string>()
  #sent = 0

  constructor(address: Address, number: LinkedNumber, to: string, recipient: Phone) {
    this.#address = address
    this.#number = number
    this.#to = to
    this.#recipient = recipient
  }

  /** Sends one code. Throws unless it is accepted. */
  async send(): Promise<void> {
    const { id, token, clientToken } = this.#number
    this.#sent += 1
    const code = String(100_000 + this.#sent)
    const body = { phone: this.#to, message: `Your code is ${code}`, code }
    const path = `/instances/${id}/token/${token}/send-button-otp`
    const answer = await post(this.#address, path, body, { 'client-token': clientToken })
    if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`)
    this.#accepted.set((JSON.parse(answer.text) as { messageId: string }).messageId, code)
  }

  /** Sends one code after the other beside `work`. What is refused while the server is down is no code of ours. */
  async sendDuring(work: () => Promise<void>): Promise<void> {
    const over = new AbortController()
    const sending = (async () => {
      while (!over.signal.aborted) {
        await this.send().catch(() => undefined)
        await delay(100)
      }
    })()
    try {
      await work()
    } finally {
      over.abort()
      await sending
    }
  }

  /** Resolves with how many codes were accepted, once each is on the phone. Throws where one is not, or is there twice. */
  async everyCodeArrived(): Promise<number> {
    for (const id of this.#accepted.keys())
      await this.#recipient.untilMessage((message) => message.id === id, patienceMs)
    for (const [id, code] of this.#accepted) {
      const shown = this.#recipient.messages.filter((message) => message.id === id)
      if (shown.length !== 1) throw new Error(`${code} is on the phone ${shown.length} times`)
    }
    return this.#accepted.size
  }
}
