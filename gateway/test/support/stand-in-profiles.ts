/** What WhatsApp would say of profiles and numbers, where there is no WhatsApp. */

import sharp from 'sharp'
import { NotConnectedError } from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { LookedUpPhone, OwnProfile, ProfileApi } from '../../src/domain/profile.js'
import type { GuardedFetch } from '../../src/runtime/guarded-fetch.js'

export class StandInProfiles {
  name: string | undefined
  about: string | undefined
  picture: Uint8Array | undefined
  /** What it says instead of an answer. */
  failure: Error | undefined
  /** Numbers that are not on WhatsApp. Of all others it knows a LID. */
  readonly unknown = new Set<string>()
  readonly #isConnected: (instanceId: InstanceId) => boolean

  constructor(isConnected: (instanceId: InstanceId) => boolean) {
    this.#isConnected = isConnected
  }

  profilesOf(instanceId: InstanceId): ProfileApi {
    if (!this.#isConnected(instanceId)) throw new NotConnectedError('it is not connected')
    return {
      own: async () => this.#own(),
      setName: async (name) => {
        this.#mayFail()
        this.name = name
      },
      setPicture: async (picture) => {
        this.#mayFail()
        this.picture = picture
      },
      pictureOf: async () => {
        this.#mayFail()
        return 'https://pps.whatsapp.net/v/picture.jpg'
      },
      aboutOf: async () => {
        this.#mayFail()
        return 'Disponível'
      },
      setAbout: async (about) => {
        this.#mayFail()
        this.about = about
      },
      lookUp: async (phones) => phones.map((asked) => this.#lookUp(asked)),
    }
  }

  #own(): OwnProfile {
    this.#mayFail()
    const { name, about } = this
    return { phone: '5511988880001', name, about, phoneApp: 'iphone', business: false, device: 7 }
  }

  #lookUp(asked: string): LookedUpPhone {
    this.#mayFail()
    return this.unknown.has(asked) ? { asked } : { asked, phone: asked, lid: '164354629388413' }
  }

  #mayFail(): void {
    if (this.failure !== undefined) throw this.failure
  }
}

/** Every URL has this image behind it. */
export const fetchSomeImage: GuardedFetch = async (_url, { onChunk }) => {
  const image = sharp({ create: { width: 8, height: 4, channels: 3, background: 'red' } })
  const body = await image.png().toBuffer()
  await onChunk?.(body)
  return { status: 200, headers: {}, body, truncated: false }
}
