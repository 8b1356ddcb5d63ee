/** The simulator's control API, as the page calls it. A refusal is an `ApiError` with the simulator's own words. */

import type {
  FailureKind,
  FailuresView,
  MessageInside,
  PhoneView,
} from '../../simulator/src/control-answers.js'
import type { Label, LinkedDevice, PasskeyGateMode } from '../../simulator/src/model.js'
import type { NewGroupAnswer } from '../../simulator/src/person-acts.js'

export class ApiError extends Error {
  override readonly name = 'ApiError'
}

export interface NewPhone {
  readonly phone: string
  readonly name?: string
  readonly business?: boolean
}

export async function addPhone(phone: NewPhone): Promise<void> {
  await call<void>('POST', '/phones', phone)
}

/** Undefined when there is no such phone. */
export async function findPhone(number: string): Promise<PhoneView | undefined> {
  const answer = await fetch(`/phones/${number}`, { headers: { accept: 'application/json' } })
  return answer.ok ? answer.json() : undefined
}

export class PhoneApi {
  readonly #path: string

  constructor(number: string) {
    this.#path = `/phones/${number}`
  }

  /** The recipient and one of what `control-schemas.ts` lists. */
  async post(post: object): Promise<void> {
    await call<void>('POST', `${this.#path}/messages`, post)
  }

  /** What is done with a message, by the last part of its path. */
  async act(messageKey: string, act: string, body: object): Promise<void> {
    const path = `${this.#path}/messages/${encodeURIComponent(messageKey)}/${act}`
    await call<void>('POST', path, body)
  }

  async read(messageKeys: readonly string[]): Promise<void> {
    await call<void>('POST', `${this.#path}/read`, { messageIds: messageKeys })
  }

  /** What is done with a whole chat, by the last part of its path. */
  async chatAct(chat: string, act: string, body: object): Promise<void> {
    await call<void>('POST', `${this.#path}/chats/${encodeURIComponent(chat)}/${act}`, body)
  }

  async writeLabel(label: Label): Promise<void> {
    await call<void>('PUT', `${this.#path}/labels`, label)
  }

  async makeGroup(subject: string, people: readonly string[]): Promise<NewGroupAnswer> {
    return call('POST', `${this.#path}/groups`, { subject, people })
  }

  async joinGroup(code: string): Promise<'joined' | 'asked'> {
    const { outcome } = await call<{ outcome: 'joined' | 'asked' }>(
      'POST',
      `${this.#path}/groups/join`,
      { code },
    )
    return outcome
  }

  async groupAct(id: string, act: string, body: object): Promise<void> {
    await call<void>('POST', `${this.#path}/groups/${encodeURIComponent(id)}/${act}`, body)
  }

  async makeChannel(name: string): Promise<void> {
    await call<void>('POST', `${this.#path}/channels`, { name })
  }

  async channelAct(id: string, act: string, body: object): Promise<void> {
    await call<void>('POST', `${this.#path}/channels/${encodeURIComponent(id)}/${act}`, body)
  }

  /** One of the message's forms and its recipient. */
  async postStatus(post: object): Promise<void> {
    await call<void>('POST', `${this.#path}/statuses`, post)
  }

  async seeStatus(id: string): Promise<void> {
    await call<void>('POST', `${this.#path}/statuses/${encodeURIComponent(id)}/seen`)
  }

  async setOnline(online: boolean): Promise<void> {
    await call<void>('PUT', `${this.#path}/online`, { online })
  }

  async scan(qr: string): Promise<'linked' | 'waits'> {
    return standingOf(await call('POST', `${this.#path}/scan`, { qr }))
  }

  async enter(code: string): Promise<'linked' | 'waits'> {
    return standingOf(await call('POST', `${this.#path}/link-code`, { code }))
  }

  async confirmLinking(): Promise<void> {
    await call<void>('POST', `${this.#path}/linking/confirm`)
  }

  async cancelLinking(): Promise<void> {
    await call<void>('POST', `${this.#path}/linking/cancel`)
  }

  async setAsksForPasskey(asksForPasskey: PasskeyGateMode): Promise<void> {
    await call<void>('PUT', `${this.#path}/passkey`, { asksForPasskey })
  }

  /** What a browser on web.whatsapp.com would answer. */
  async signWithPasskey(challenge: string): Promise<object> {
    return call('POST', `${this.#path}/passkey/sign`, { challenge })
  }

  async unlink(device: number): Promise<void> {
    await call<void>('DELETE', `${this.#path}/linked-devices/${device}`)
  }

  async failures(): Promise<FailuresView> {
    return call('GET', `${this.#path}/failures`)
  }

  async play(kind: FailureKind): Promise<FailuresView> {
    return call('PUT', `${this.#path}/failures/${kind}`)
  }

  async undo(kind: FailureKind): Promise<FailuresView> {
    return call('DELETE', `${this.#path}/failures/${kind}`)
  }

  async inside(messageKey: string): Promise<MessageInside> {
    const path = `${this.#path}/messages/${encodeURIComponent(messageKey)}/inside`
    return call('GET', path)
  }
}

/** The device that is linked, or the phone when WhatsApp asks for the passkey first. */
function standingOf(answer: LinkedDevice | PhoneView): 'linked' | 'waits' {
  return 'device' in answer ? 'linked' : 'waits'
}

/** The caller knows what the simulator answers there. */
async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const accept = { accept: 'application/json' }
  const request =
    body === undefined
      ? { method, headers: accept }
      : {
          method,
          headers: { ...accept, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }
  const answer = await fetch(path, request).catch((cause: unknown) => {
    throw new ApiError('the simulator does not answer', { cause })
  })
  const text = await answer.text()
  const told = text === '' ? undefined : JSON.parse(text)
  if (answer.ok) return told
  throw new ApiError(isRefusal(told) ? told.error : `the simulator answered ${answer.status}`)
}

function isRefusal(told: unknown): told is { readonly error: string } {
  return (
    typeof told === 'object' && told !== null && 'error' in told && typeof told.error === 'string'
  )
}
