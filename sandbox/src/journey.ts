/** What the demo does: sends one OTP with an image and collects what phone and callbacks say. */

import { Buffer } from 'node:buffer'
import { randomInt } from 'node:crypto'
import type { PhoneMessage } from '@recado/simulator'
import sharp from 'sharp'
import { CallbackReceiver, type ReceivedCallback } from './callback-receiver.js'
import { type Sandbox, sandboxSettings, startSandbox } from './sandbox.js'

export interface DemoReport {
  readonly recipient: string
  /** What the phone shows; left out when it shows nothing. */
  readonly message?: {
    readonly text: string
    readonly image: string
    readonly buttons: PhoneMessage['buttons']
    readonly shows: PhoneMessage['shows']
  }
  /** Each step with its time since the HTTP call, in milliseconds. */
  readonly steps: readonly { readonly step: string; readonly afterMs: number }[]
  readonly callbacks: readonly Readonly<Record<string, unknown>>[]
  /** What should have been seen and was not. Empty when all is well. */
  readonly missing: readonly string[]
}

/** How long each thing may take to be seen. */
const patienceMs = 15_000

/**
 * Runs the journey on free ports and leaves nothing behind, also when `stop` is aborted.
 * `tell` hears what is being done. What does not happen ends up in `missing`; throws when
 * a program does not start or refuses a call, and when it was stopped.
 */
export async function runDemo(
  tell: (step: string) => void,
  stop: AbortSignal,
): Promise<DemoReport> {
  tell('starting the simulator and the gateway, pairing a number')
  await using receiver = await CallbackReceiver.start()
  await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
  return await Promise.race([sendAndWatch(sandbox, receiver, tell), abortion(stop)])
}

function abortion(stop: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new Error('The demo was stopped.'))
    if (stop.aborted) end()
    stop.addEventListener('abort', end)
  })
}

async function sendAndWatch(
  { client, instance, recipient }: Sandbox,
  receiver: CallbackReceiver,
  tell: (step: string) => void,
): Promise<DemoReport> {
  const recado = client.recado(instance)
  await recado.updateEveryWebhooks({ value: receiver.url })

  tell('sending an OTP with an image')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const text = `Seu código de acesso é *${code}*. Não compartilhe com ninguém.`
  const calledAt = Date.now()
  const steps: { step: string; afterMs: number }[] = []
  const reached = (step: string, at = Date.now()): number =>
    steps.push({ step, afterMs: at - calledAt })

  const accepted = await recado.sendButtonOtp({
    phone: recipient.phone,
    message: text,
    code,
    image: await banner(),
  })
  reached('accepted (HTTP 200)')

  tell('waiting for the phone')
  const { messageId } = accepted
  const delivery = await orNothing(receiver.next(isDeliveryOf(messageId), patienceMs))
  // Once the gateway has given up, the phone has the message already or never gets it.
  const phonePatienceMs = delivery?.body['error'] === undefined ? patienceMs : 1
  const message = await orNothing(
    recipient.untilMessage(({ id }) => id === messageId, phonePatienceMs),
  )
  if (message !== undefined) {
    reached('on the phone', message.at)
    await orNothing(receiver.next(statusOf(messageId, 'RECEIVED'), patienceMs))
    await recipient.read(message.id)
    reached('read by the person')
    await orNothing(receiver.next(statusOf(messageId, 'READ'), patienceMs))
  }

  for (const { body, at } of receiver.received) {
    const what = typeof body['status'] === 'string' ? ` ${body['status']}` : ''
    reached(`callback ${String(body['type'])}${what}`, at)
  }
  steps.sort((one, other) => one.afterMs - other.afterMs)

  return {
    recipient: recipient.phone,
    ...(message === undefined ? {} : { message: describe(message) }),
    steps,
    callbacks: receiver.received.map(({ body }) => body),
    missing: missing({ message, delivery, messageId, text, code, receiver }),
  }
}

function statusOf(messageId: string, status: string) {
  return ({ body }: ReceivedCallback): boolean =>
    body['type'] === 'MessageStatusCallback' &&
    body['status'] === status &&
    Array.isArray(body['ids']) &&
    body['ids'].includes(messageId)
}

function isDeliveryOf(messageId: string) {
  return ({ body }: ReceivedCallback): boolean =>
    body['type'] === 'DeliveryCallback' && body['messageId'] === messageId
}

/** What does not come in time is missing; that is for the report to say. */
async function orNothing<T>(awaited: Promise<T>): Promise<T | undefined> {
  return awaited.catch(() => undefined)
}

/** Every promise of the demo that the phone and the callbacks did not keep. */
function missing(seen: {
  readonly message: PhoneMessage | undefined
  readonly delivery: ReceivedCallback | undefined
  readonly messageId: string
  readonly text: string
  readonly code: string
  readonly receiver: CallbackReceiver
}): string[] {
  const { message, delivery, messageId, text, code, receiver } = seen
  const button = message?.buttons[0]
  const shows = message?.shows
  const hasStatus = (status: string) => receiver.received.some(statusOf(messageId, status))
  const promises: Record<string, boolean> = {
    'the message on the phone, under the id that was promised at the call': message !== undefined,
    'the text': message?.text === text,
    'the button with the code': button?.kind === 'copy' && button.code === code,
    'the shape that Android, iOS and Web want':
      shows !== undefined && shows.android && shows.ios && shows.web,
    'the image, fetched and decrypted': message?.image?.fetched === true,
    'a DeliveryCallback without error': delivery !== undefined && !('error' in delivery.body),
    'status SENT': hasStatus('SENT'),
    'status RECEIVED': hasStatus('RECEIVED'),
    'status READ': hasStatus('READ'),
  }
  return Object.keys(promises).filter((promise) => !promises[promise])
}

function describe({ text, image, buttons, shows }: PhoneMessage) {
  return { text, image: describeImage(image), buttons, shows }
}

function describeImage(image: PhoneMessage['image']): string {
  if (image === undefined) return 'no image'
  return image.fetched
    ? `${image.mimetype}, ${image.byteLength} bytes`
    : `not fetched: ${image.failure ?? 'no reason given'}`
}

/** A PNG as an integrator would send it: as a data URI. */
async function banner(): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240">
    <rect width="640" height="240" fill="#0b6e4f"/>
    <circle cx="120" cy="120" r="56" fill="#fff"/><rect x="100" y="112" width="40" height="32" rx="6" fill="#0b6e4f"/>
  </svg>`
  const png = await sharp(Buffer.from(svg)).png().toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}
