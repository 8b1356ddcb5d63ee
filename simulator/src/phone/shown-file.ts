/** Downloads the files of a message as a phone does when it shows it. Never throws: a failure is part of what is shown. */

import { createHash } from 'node:crypto'
import type { FileSource, InlineFile } from '../draw/file.js'
import type { Part } from '../draw/view.js'
import type { PhoneMessage, ShownFile, Shows } from '../model.js'
import { isJpeg, unfitnessOf } from './file-fitness.js'

export type FetchFile = (file: FileSource) => Promise<Uint8Array>

export interface UnfetchedMessage extends PhoneMessage {
  readonly sources: ReadonlyMap<string, FileSource | InlineFile>
}

/** A phone with many large files would fill the memory: of such a file it keeps the hash alone. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024

export async function withFiles(
  { sources, ...message }: UnfetchedMessage,
  fetchFile: FetchFile,
): Promise<PhoneMessage> {
  const files = new Map<string, ShownFile>()
  for (const [name, source] of sources) files.set(name, await fetchShown(source, fetchFile))
  const picture = message.view.parts.find((part) => part.type === 'media' && part.form === 'image')
  const image = picture?.type === 'media' ? files.get(picture.file) : undefined
  const unfit = unfitIn(message.view.parts, files)
  return {
    ...message,
    files,
    ...(image ? { image } : {}),
    ...(unfit === undefined ? {} : { shows: shownNowhere(message.shows, unfit) }),
  }
}

/** Why no client shows it, of the first file that cannot be shown. */
function unfitIn(
  parts: readonly Part[],
  files: ReadonlyMap<string, ShownFile>,
): string | undefined {
  for (const part of parts) {
    if (part.type === 'carousel') {
      const unfit = unfitIn(
        part.cards.flatMap((card) => card.parts),
        files,
      )
      if (unfit !== undefined) return unfit
    }
    if (part.type !== 'media') continue
    const bytes = files.get(part.file)?.bytes
    const unfit = bytes && unfitnessOf(part, bytes)
    if (unfit !== undefined) return unfit
    const thumbnail = files.get(part.thumbnail ?? '')?.bytes
    if (thumbnail && !isJpeg(thumbnail)) return 'its thumbnail is no JPEG'
  }
  return undefined
}

function shownNowhere({ why }: Shows, unfit: string): Shows {
  const reasons = why === undefined ? unfit : `${why}; ${unfit}`
  return { android: false, ios: false, web: false, why: reasons }
}

async function fetchShown(
  source: FileSource | InlineFile,
  fetchFile: FetchFile,
): Promise<ShownFile> {
  const mimetype = source.mimetype ?? ''
  try {
    const bytes = 'bytes' in source ? source.bytes : await fetchFile(source)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const kept = bytes.length <= MAX_KEPT_BYTES ? { bytes } : {}
    return { mimetype, fetched: true, byteLength: bytes.length, sha256, ...kept }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    return { mimetype, fetched: false, byteLength: 0, failure }
  }
}
