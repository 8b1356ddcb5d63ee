/** Gets the file of a message as the phone does: from the media host, decrypted, its hashes checked. */

import type { MediaType } from 'baileys'
import { downloadFile } from '../../../simulator/src/media-download.js'
import type { FileSource } from '../../../simulator/src/draw/file.js'
import type { Journey } from './journey.js'

const maxFileBytes = 256 * 1_048_576

export function receivedFile(
  journey: Journey,
  part: Omit<FileSource, 'type'> | null | undefined,
  type: MediaType,
): Promise<Uint8Array> {
  if (!part?.url) throw new Error('the message has no file')
  return downloadFile(
    { ...part, type },
    {
      host: new URL(part.url).host,
      ca: journey.simulator.caCertificate,
      maxFileBytes,
      timeoutMs: 30_000,
      signal: new AbortController().signal,
    },
  )
}
