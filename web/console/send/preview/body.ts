/** Reads a body that may be half written. */

import type { BubbleFile } from '../../../bubble/parts/part.js'
import type { MediaForm, MediaPart } from '../../../../simulator/src/draw/view.js'
import type { Json, JsonObject } from '../values.js'

export function textIn(body: JsonObject, name: string): string {
  const value = body[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function inside(body: JsonObject, name: string): JsonObject {
  const value = body[name]
  return isObject(value) ? value : {}
}

export function listIn(body: JsonObject, name: string): readonly Json[] {
  const value = body[name]
  return Array.isArray(value) ? value : []
}

export function objectsIn(body: JsonObject, name: string): readonly JsonObject[] {
  return listIn(body, name).filter(isObject)
}

function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File)
  )
}

/** The files of one message, by the names that its parts use. */
export class Files {
  readonly shown: Record<string, BubbleFile> = {}

  /** Nothing where none is given. */
  media(form: MediaForm, given: Json | undefined): readonly MediaPart[] {
    const file = this.note(given)
    if (file === undefined) return []
    const isChosen = given instanceof File
    return [
      {
        type: 'media',
        form,
        file,
        mimetype: isChosen ? given.type || 'application/octet-stream' : mimetypes[form],
        ...(isChosen && form === 'document' && { byteLength: given.size }),
      },
    ]
  }

  /** The name of the file; nothing where none is given. */
  note(given: Json | undefined): string | undefined {
    if (given === undefined || given === '') return undefined
    const name = `${Object.keys(this.shown).length}`
    const url = given instanceof File ? urlOf(given) : addressIn(given)
    this.shown[name] = url === undefined ? {} : { url }
    return name
  }
}

const mimetypes: Readonly<Record<MediaForm, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  gif: 'video/mp4',
  'round-video': 'video/mp4',
  audio: 'audio/mpeg',
  voice: 'audio/ogg; codecs=opus',
  document: 'application/octet-stream',
  sticker: 'image/webp',
}

const urls = new WeakMap<File, string>()

/** The same for the same file, so that it is not loaded again with each letter. */
function urlOf(file: File): string {
  const url = urls.get(file) ?? URL.createObjectURL(file)
  urls.set(file, url)
  return url
}

/** What the page may load: an address that looks whole, or base64 with its type. */
function addressIn(given: Json): string | undefined {
  if (typeof given !== 'string') return undefined
  const text = given.trim()
  if (/^data:(?:image|audio|video)\//u.test(text)) return text
  return /^https:\/\/[^\s/]+\.[a-z]{2,}(?:[:/?#]\S*)?$/iu.test(text) ? text : undefined
}
