/**
 * Puts files on WhatsApp's media server.
 *
 * Baileys says only that no host took the file. An operator needs the cause: a
 * firewall and a certificate of an authority that Node does not know look alike.
 */

import { request } from 'node:https'
import { prepareWAMessageMedia, type proto, type WASocket } from 'baileys'
import type { FileRequest, PreparedFile, PreparedFiles } from '../domain/content/files.js'
import type { ProxyAgent } from './proxy-agent.js'

const uploadTimeoutMs = 30_000
const askTimeoutMs = 5_000

/** Nothing was sent; a retry is safe. */
class UploadError extends Error {
  override readonly name = 'UploadError'
  /** Node's code (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`), or `REFUSED` where the host answers. */
  readonly code: string

  constructor(code: string, options: ErrorOptions) {
    super("WhatsApp's media server did not take the file", options)
    this.code = code
  }
}

/**
 * Uploads those of the files that are not sent within the message itself. Gives the media messages
 * by role. `agent` is the proxy's, if the instance has one. Throws `UploadError`.
 */
export async function uploadFiles(
  requests: readonly FileRequest[],
  files: PreparedFiles,
  sock: WASocket,
  agent: ProxyAgent | undefined,
): Promise<ReadonlyMap<string, proto.IMessage>> {
  const uploaded = new Map<string, proto.IMessage>()
  for (const { role, use } of requests) {
    const file = files.get(role)
    if (file === undefined || use === 'thumbnail') continue
    uploaded.set(role, await upload(use, file, sock, agent))
  }
  return uploaded
}

async function upload(
  use: 'image' | 'document',
  { bytes, mimeType, thumbnail, width, height }: PreparedFile,
  sock: WASocket,
  agent: ProxyAgent | undefined,
): Promise<proto.IMessage> {
  const shown = {
    mimetype: mimeType,
    ...(thumbnail && { jpegThumbnail: Buffer.from(thumbnail).toString('base64') }),
    ...(width !== undefined && height !== undefined && { width, height }),
  }
  const file = Buffer.from(bytes)
  try {
    return await prepareWAMessageMedia(
      use === 'image' ? { image: file, ...shown } : { document: file, ...shown },
      { upload: sock.waUploadToServer, mediaUploadTimeoutMs: uploadTimeoutMs },
    )
  } catch (cause) {
    throw new UploadError(await hindranceOf(sock, agent), { cause })
  }
}

/** Asks the first host for anything at all. */
async function hindranceOf(sock: WASocket, agent: ProxyAgent | undefined): Promise<string> {
  const { hosts } = await sock.refreshMediaConn(false)
  const hostname = hosts[0]?.hostname
  return hostname === undefined ? 'NO_HOST' : codeOfReach(`https://${hostname}/`, agent)
}

function codeOfReach(url: string, agent: ProxyAgent | undefined): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'HEAD', agent: agent ?? false, timeout: askTimeoutMs })
    asked.on('response', (answer) => {
      answer.destroy()
      resolve('REFUSED')
    })
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
    asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'UNKNOWN'))
    asked.end()
  })
}
