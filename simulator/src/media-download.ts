/** How a phone gets a file: the encrypted file over TLS, its seals checked, then decrypted. */

import { request } from 'node:https'
import { aesDecryptWithIV, getMediaKeys, hmacSign, sha256 } from 'baileys'
import type { FileSource } from './draw/file.js'

/** The file could not be had, or is not what the message says. The message is fit to be shown. */
class MediaDownloadError extends Error {
  override readonly name = 'MediaDownloadError'
  readonly code = 'media-download'
}

/** Length of the seal at the end of an encrypted file. */
const macLength = 10

export interface MediaSource {
  /** `127.0.0.1:port`. Nothing else is asked, whatever host the message names. */
  readonly host: string
  readonly ca: string
  readonly maxFileBytes: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Throws MediaDownloadError. */
export async function downloadFile(file: FileSource, source: MediaSource): Promise<Uint8Array> {
  const path = pathOf(file)
  if (path === undefined) throw new MediaDownloadError('the message names no file')
  if (path.startsWith('/newsletter/')) return checkedOpen(await download(path, source), file)
  if (file.mediaKey?.length !== 32) throw new MediaDownloadError('the message has no media key')
  return decrypt(await download(path, source), file.mediaKey, file)
}

function pathOf({ directPath, url }: FileSource): string | undefined {
  if (directPath?.startsWith('/')) return directPath
  if (!url || !URL.canParse(url)) return undefined
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** A channel's file, which is not encrypted. */
function checkedOpen(content: Buffer, { mediaKey, fileSha256 }: FileSource): Uint8Array {
  if (mediaKey?.length) throw new MediaDownloadError('the file of a channel has a media key')
  if (!isSame(sha256(content), fileSha256))
    throw new MediaDownloadError('the file has another hash than the message says')
  return content
}

async function decrypt(
  file: Buffer,
  mediaKey: Uint8Array,
  { type, fileEncSha256, fileSha256, fileLength }: FileSource,
): Promise<Uint8Array> {
  if (!isSame(sha256(file), fileEncSha256)) {
    throw new MediaDownloadError('the encrypted file has another hash than the message says')
  }
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type)
  const ciphertext = file.subarray(0, -macLength)
  const mac = macKey && hmacSign(Buffer.concat([iv, ciphertext]), macKey).subarray(0, macLength)
  if (!isSame(file.subarray(-macLength), mac)) {
    throw new MediaDownloadError('the encrypted file has a broken seal')
  }
  const content = aesDecryptWithIV(ciphertext, Buffer.from(cipherKey), Buffer.from(iv))
  if (!isSame(sha256(content), fileSha256)) {
    throw new MediaDownloadError('the file has another hash than the message says')
  }
  if (fileLength !== null && fileLength !== undefined && Number(fileLength) !== content.length) {
    throw new MediaDownloadError('the file has another length than the message says')
  }
  return content
}

function isSame(bytes: Uint8Array, expected: Uint8Array | null | undefined): boolean {
  return expected !== null && expected !== undefined && Buffer.compare(bytes, expected) === 0
}

function download(path: string, source: MediaSource): Promise<Buffer> {
  const [host, port] = source.host.split(':')
  const signal = AbortSignal.any([source.signal, AbortSignal.timeout(source.timeoutMs)])
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new MediaDownloadError('the media host did not answer', { cause }))
    const options = { host, port, path, ca: source.ca, signal, agent: false }
    request(options, (response) => {
      if (response.statusCode !== 200) {
        response.resume()
        reject(new MediaDownloadError(`the media host answered ${response.statusCode}`))
        return
      }
      const parts: Buffer[] = []
      let byteLength = 0
      response.on('data', (part: Buffer) => {
        parts.push(part)
        byteLength += part.length
        if (byteLength > source.maxFileBytes) response.destroy(new Error('the file is too long'))
      })
      response.on('end', () => resolve(Buffer.concat(parts)))
      response.on('error', fail)
    })
      .on('error', fail)
      .end()
  })
}
