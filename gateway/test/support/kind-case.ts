/** One kind of content as a caller sends it and as it shows on a phone. */

import type { Phone, PhoneMessage } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { type Journey, type SendAnswer, shown } from './journey.js'

export interface Scene {
  readonly journey: Journey
  readonly instance: SandboxInstance
  /** The phone of the instance. */
  readonly own: Phone
  readonly person: Phone
}

export interface KindCase {
  readonly method?: 'DELETE'
  /** Makes the earlier message that it is about, and gives its id. */
  readonly about?: (scene: Scene) => Promise<string>
  readonly action: string | ((scene: Scene, about: string) => string)
  /** Beside the phone. */
  readonly body?: (about: string, scene: Scene) => object
  /** Whether the phone has it: in its own message, or in the earlier one that it changes. */
  readonly shows: (message: PhoneMessage) => boolean
  readonly changes?: true
}

/** Calls it for the person. */
export async function call({ journey, instance, person }: Scene, action: string, body: object) {
  const full = { phone: person.phone, ...body }
  return (await journey.client.onInstance(instance, 'POST', action, full)) as SendAnswer
}

/** The id of what was sent, once the phone shows it. */
export async function sent(scene: Scene, action: string, body: object): Promise<string> {
  const { messageId } = await call(scene, action, body)
  await shown(scene.person, messageId)
  return messageId
}

/** The same id, once the callback has told of it. */
export async function heard({ journey }: Scene, messageId: string): Promise<string> {
  await journey.callbacks.next(({ body }) => body['messageId'] === messageId)
  return messageId
}

/** Sends it; the id of the earlier message is `about`, if it has one. */
export async function sendCase(
  scene: Scene,
  kind: KindCase,
  about: string,
): Promise<SendAnswer | undefined> {
  const { journey, instance, person } = scene
  const action = typeof kind.action === 'string' ? kind.action : kind.action(scene, about)
  const { method = 'POST' } = kind
  const body = kind.body && { phone: person.phone, ...kind.body(about, scene) }
  const answer = await journey.client.onInstance(instance, method, action, body)
  return answer as SendAnswer | undefined
}
