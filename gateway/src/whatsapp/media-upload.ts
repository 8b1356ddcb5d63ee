/**
 * Puts an image on WhatsApp's media server.
 *
 * Baileys says only that no host took the file. An operator needs the cause: a
 * firewall and a certificate of an authority that Node does not know look alike.
 */

import { request } from 'node:https'
import { prepareWAMessageMedia, type proto, type WASocket } from 'baileys'
import type { PreparedImage } from '../domain/message.js'
import type { ProxyAgent } from './proxy-agent.js'

const uploadTimeoutMs = 30_000
const askTimeoutMs = 5_000

/** Nothing was sent; a retry is safe. */
class UploadError extends Error {
  override readonly name = 'UploadError'
  /** Node's code (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`), or `REFUSED` where the host answers. */
  readonly code: string

  constructor(code: string, options: ErrorOptions) {
    super("WhatsApp's media server did not take the image", options)
    this.code = code
  }
}

/** `agent` is the proxy's, if the instance has one. Throws `UploadError`. */
export async function uploadImage(
  image: PreparedImage,
  sock: WASocket,
  agent: ProxyAgent | undefined,
): Promise<proto.Message.IImageMessage | undefined> {
  try {
    const { imageMessage } = await prepareWAMessageMedia(
      {
        image: Buffer.from(image.jpeg),
        mimetype: 'image/jpeg',
        jpegThumbnail: Buffer.from(image.thumbnail).toString('base64'),
        width: image.width,
        height: image.height,
      },
      { upload: sock.waUploadToServer, mediaUploadTimeoutMs: uploadTimeoutMs },
    )
    return imageMessage ?? undefined
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
