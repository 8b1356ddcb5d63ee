/** What the callers send: codes for the most part, and beside them texts and files, each message known by its number. */

import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { prepareImage } from '../gateway/src/media/image.js'
import type { Random } from './deaths.js'
import { documentOf } from './file-server.js'

export interface MessageCall {
  readonly action: string
  /** Beside the phone and the lifetime. */
  readonly body: object
  /** Says nothing but this message's number, so a second copy is known whatever id it has. */
  readonly text: string
  /** Hex SHA-256 of its file, as the phone must have it. */
  readonly sha256?: string
}

type Make = (number: number, text: string, filesUrl: string) => MessageCall | Promise<MessageCall>

const makers: readonly Make[] = [codeCall, codeCall, codeCall, textCall, imageCall, documentCall]
/** Of the documents: half stand in the call, half at a URL that the gateway reads. */
const atUrl = 2

/** @param filesUrl where a `FileServer` has the documents */
export async function callOf(
  number: number,
  random: Random,
  filesUrl: string,
): Promise<MessageCall> {
  const make = makers[Math.floor(random() * makers.length)] ?? codeCall
  return make(number, `Mensagem ${number}`, filesUrl)
}

function codeCall(number: number, text: string): MessageCall {
  const code = String(number).padStart(6, '0')
  return { action: 'send-button-otp', body: { message: text, code }, text }
}

function textCall(_number: number, text: string): MessageCall {
  return { action: 'send-text', body: { message: text }, text }
}

/** A colour of its own, so that a phone with the picture of another message is found. */
async function imageCall(number: number, text: string): Promise<MessageCall> {
  const background = { r: number & 255, g: (number >> 8) & 255, b: (number >> 16) & 255 }
  const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } })
  const bytes = await picture.png().toBuffer()
  const image = `data:image/png;base64,${bytes.toString('base64')}`
  // As the gateway makes it: the same library on the same machine gives the same bytes.
  const { bytes: jpeg } = await prepareImage(bytes)
  if (!(jpeg instanceof Uint8Array)) throw new Error('an image is prepared in memory')
  return { action: 'send-image', body: { image, caption: text }, text, sha256: sha256Of(jpeg) }
}

function documentCall(number: number, text: string, filesUrl: string): MessageCall {
  const bytes = documentOf(number)
  const document = number % atUrl === 0 ? `${filesUrl}/${number}` : bytes.toString('base64')
  const body = { document, fileName: `${number}.txt`, caption: text }
  return { action: 'send-document/txt', body, text, sha256: sha256Of(bytes) }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
