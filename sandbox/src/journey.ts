/** What the demo does: sends one OTP with an image and collects what phone and callbacks say. */

import { Buffer } from 'node:buffer'
import { randomInt } from 'node:crypto'
import type { PhoneMessage } from '@recado/simulator'
import sharp from 'sharp'
import { CallbackReceiver } from './callback-receiver.js'
import { sandboxSettings, startSandbox } from './sandbox.js'

export interface DemoReport {
  readonly recipient: string
  readonly message: {
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

/** Runs the journey on free ports and leaves nothing behind. `tell` hears what is being done. */
export async function runDemo(tell: (step: string) => void): Promise<DemoReport> {
  tell('starting the simulator and the gateway, pairing a number')
  await using receiver = await CallbackReceiver.start()
  await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
  const { client, instance, recipient } = sandbox
  await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: receiver.url })

  tell('sending an OTP with an image')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const text = `Seu código de acesso é *${code}*. Não compartilhe com ninguém.`
  const arrival = recipient.nextMessage((message) => message.buttons.length > 0)
  const calledAt = Date.now()
  const steps: { step: string; afterMs: number }[] = []
  const reached = (step: string, at = Date.now()): number =>
    steps.push({ step, afterMs: at - calledAt })

  const accepted = (await client.onInstance(instance, 'POST', 'send-button-otp', {
    phone: recipient.phone,
    message: text,
    code,
    image: await banner(),
  })) as { messageId: string }
  reached('accepted (HTTP 200)')

  tell('waiting for the phone')
  const message = await arrival
  reached('on the phone')
  await receiver.next(statusOf(accepted.messageId, 'RECEIVED'))
  await recipient.read(message.id)
  reached('read by the person')
  await receiver.next(statusOf(accepted.messageId, 'READ'))

  for (const { body, at } of receiver.received) {
    const what = typeof body['status'] === 'string' ? ` ${body['status']}` : ''
    reached(`callback ${String(body['type'])}${what}`, at)
  }
  steps.sort((one, other) => one.afterMs - other.afterMs)

  return {
    recipient: recipient.phone,
    message: {
      text: message.text,
      image: describeImage(message.image),
      buttons: message.buttons,
      shows: message.shows,
    },
    steps,
    callbacks: receiver.received.map(({ body }) => body),
    missing: missing(message, accepted.messageId, text, code, receiver),
  }
}

function statusOf(messageId: string, status: string) {
  return ({ body }: CallbackReceiver['received'][number]): boolean =>
    body['type'] === 'MessageStatusCallback' &&
    body['status'] === status &&
    Array.isArray(body['ids']) &&
    body['ids'].includes(messageId)
}

/** Every promise of the demo that the phone and the callbacks did not keep. */
function missing(
  message: PhoneMessage,
  messageId: string,
  text: string,
  code: string,
  receiver: CallbackReceiver,
): string[] {
  const { android, ios, web } = message.shows
  const [button] = message.buttons
  const delivery = receiver.received.find(({ body }) => body['type'] === 'DeliveryCallback')?.body
  const promises: Record<string, boolean> = {
    'the id that was promised at the call': message.id === messageId,
    'the text': message.text === text,
    'the button with the code': button?.kind === 'copy' && button.code === code,
    'the button on Android, iOS and Web': android && ios && web,
    'the image, fetched and decrypted': message.image?.fetched === true,
    'a DeliveryCallback without error':
      delivery?.['messageId'] === messageId && !('error' in delivery),
    'status SENT': receiver.received.some(statusOf(messageId, 'SENT')),
    'status RECEIVED': receiver.received.some(statusOf(messageId, 'RECEIVED')),
    'status READ': receiver.received.some(statusOf(messageId, 'READ')),
  }
  return Object.keys(promises).filter((promise) => !promises[promise])
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
