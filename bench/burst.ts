/** What a measurement sends, as a caller of the gateway and as a script with bare Baileys give it. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

export type BurstKind = 'code' | 'text' | 'image'

/** Messages of one kind, one after the other. */
export interface Burst {
  readonly kind: BurstKind
  /** A number, or the JID of a group, for each message. */
  readonly chats: readonly string[]
  /** Of images: paths of JPEG files, which are taken in turn. */
  readonly images?: readonly string[]
}

export interface GatewayCall {
  readonly action: string
  readonly body: object
}

const text = 'Seu código de acesso'

export async function gatewayCall(
  { kind, images = [] }: Burst,
  chat: string,
  index: number,
): Promise<GatewayCall> {
  const phone = chat.replace('@g.us', '-group')
  if (kind === 'text') return { action: 'send-text', body: { phone, message: text } }
  if (kind === 'code')
    return { action: 'send-button-otp', body: { phone, message: text, code: '845201' } }
  const bytes = await readFile(images[index % images.length] ?? '')
  const image = `data:image/jpeg;base64,${bytes.toString('base64')}`
  return { action: 'send-image', body: { phone, image, caption: text } }
}

/** JPEG files of about 120 KB, no two the same: one that was uploaded before would not be uploaded again. */
export class ImageFiles implements AsyncDisposable {
  readonly #directory: string
  #made = 0

  private constructor(directory: string) {
    this.#directory = directory
  }

  static async open(): Promise<ImageFiles> {
    return new ImageFiles(await mkdtemp(join(tmpdir(), 'recado-bench-images-')))
  }

  async make(count: number): Promise<readonly string[]> {
    const paths: string[] = []
    for (let index = 0; index < count; index += 1) {
      const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
      const size = { width: 640, height: 480, channels: 3, background: 'white' } as const
      const path = join(this.#directory, `${(this.#made += 1)}.jpg`)
      await writeFile(
        path,
        await sharp({ create: { ...size, noise } })
          .jpeg()
          .toBuffer(),
      )
      paths.push(path)
    }
    return paths
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
  }
}
