import { type BinaryNode, BufferJSON } from 'baileys'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryCredentials } from '../../../test/support/memory-credentials.js'
import { instanceIdOf } from '../../../test/support/outgoing-message.js'
import { silentLog } from '../../runtime/telemetry.js'
import { StoredAuthState } from '../keys/auth-state.js'
import { UntoldMessages } from './untold-messages.js'

const now = 1_700_000_000_000
const dayMs = 24 * 3_600_000
const clock = { now: () => now, sleep: async () => {} }

let port: MemoryCredentials

function keep(name: string, attrs: BinaryNode['attrs']): void {
  const enc = { tag: 'enc', attrs: { type: 'msg' }, content: Buffer.from(name) }
  const node = { tag: 'message', attrs: { t: String(now / 1_000), ...attrs }, content: [enc] }
  const kept = JSON.stringify({ node, plaintext: Buffer.from(name) }, BufferJSON.replacer)
  port.keys.set(`kept-message ${name}`, Buffer.from(kept))
}

async function load(): Promise<UntoldMessages> {
  const auth = await StoredAuthState.open(port, instanceIdOf('3A'), silentLog)
  // Nothing is stored of a device that is not linked.
  auth.state.creds.account ??= { accountSignature: Buffer.from('phone') }
  return UntoldMessages.load(auth, clock)
}

const stored = () => [...port.keys.keys()].toSorted()

beforeEach(() => {
  port = new MemoryCredentials()
})

describe('a message that was decrypted', () => {
  it('is handed on by the next socket, the oldest first and each once', async () => {
    keep('late', { id: 'B', from: '200@lid' })
    keep('early', { id: 'A', from: '200@lid', t: '1699999999' })
    keep('early too', { id: 'A', from: '200@lid', t: '1699999999' })
    expect((await load()).waiting.map(({ attrs }) => attrs['id'])).toEqual(['A', 'B'])
  })

  it('is deleted with all of its parts when it is told', async () => {
    keep('one', { id: 'A', from: '12@g.us', participant: '200:3@lid' })
    keep('two', { id: 'A', from: '12@g.us', participant: '200:3@lid' })
    const messages = await load()
    await messages.flush()
    expect(stored()).toHaveLength(2)
    messages.told({ id: 'A', remoteJid: '12@g.us', participant: '200@lid', fromMe: false })
    await messages.flush()
    expect(stored()).toEqual([])
  })

  it('stays when another sender uses its id', async () => {
    keep('one', { id: 'A', from: '200@lid' })
    const messages = await load()
    messages.told({ id: 'A', remoteJid: '300@lid', fromMe: false })
    messages.told({ id: 'A', remoteJid: '200@lid', fromMe: true })
    await messages.flush()
    expect(stored()).toEqual(['kept-message one'])
  })

  it('is given up when it is older than what WhatsApp would still bring', async () => {
    keep('old', { id: 'A', from: '200@lid', t: String((now - 15 * dayMs) / 1_000) })
    const messages = await load()
    expect(messages.waiting).toEqual([])
    await messages.flush()
    expect(stored()).toEqual([])
  })

  it('stays stored when its deletion failed, and is deleted with the next', async () => {
    keep('one', { id: 'A', from: '200@lid' })
    const messages = await load()
    messages.told({ id: 'A', remoteJid: '200@lid', fromMe: false })
    port.failure = new Error('no space left')
    await expect(messages.flush()).rejects.toThrow('no space left')
    port.failure = undefined
    await messages.tidy(clock, new AbortController().signal)
    expect(stored()).toEqual([])
  })
})
