import { proto } from 'baileys'
import { describe, expect, it } from 'vitest'
import { MemoryCredentials } from '../../../test/support/memory-credentials.js'
import type { InstanceId } from '../../domain/instance.js'
import { silentLog } from '../../runtime/telemetry.js'
import { type CredentialPort, StoredAuthState } from './auth-state.js'

const instanceId = '3A' as InstanceId

describe('the stored credentials', () => {
  it('come back as they were, every type of key', async () => {
    const port = new MemoryCredentials()
    const { state, ...rest } = await opened(port)
    const keyData = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('key') })
    const data = {
      'pre-key': { '1': { public: Buffer.from('a'), private: Buffer.from('b') } },
      session: { '5511_1.0': Buffer.from('session') },
      'sender-key': { 'g::1::0': Buffer.from('sender') },
      'sender-key-memory': { 'g@g.us': { '1@lid': true } },
      'app-state-sync-key': { AAAA: keyData },
      'lid-mapping': { '5511': '100' },
      'device-list': { '5511': ['0', '3'] },
      tctoken: { '100@lid': { token: Buffer.from('t'), timestamp: '1', senderTimestamp: 2 } },
      'identity-key': { '5511_1.0': Buffer.from('identity') },
    }
    await state.keys.set(data)
    await rest.stored.flush()

    const again = (await opened(port)).state
    expect(again.creds).toEqual(state.creds)
    for (const [type, values] of Object.entries(data)) {
      const ids = Object.keys(values)
      expect(await again.keys.get(type as keyof typeof data, [...ids, 'missing'])).toEqual(values)
    }
    const revived = await again.keys.get('app-state-sync-key', ['AAAA'])
    expect(revived['AAAA']).toBeInstanceOf(proto.Message.AppStateSyncKeyData)
  })

  it('write an identity that changed together with the next keys', async () => {
    const port = new MemoryCredentials()
    const { state } = await opened(port)
    state.creds.nextPreKeyId = 31
    await state.keys.set({
      'pre-key': { '30': { public: Buffer.from('a'), private: Buffer.from('b') } },
    })

    expect(port.saves).toHaveLength(1)
    expect(port.saves[0]?.identity).toBeDefined()
    expect(port.saves[0]?.keys.map(({ type, id }) => [type, id])).toEqual([['pre-key', '30']])

    await state.keys.set({ session: { a: null } })
    expect(port.saves[1]).toEqual({ keys: [{ type: 'session', id: 'a', value: undefined }] })
  })

  it('write nothing when nothing changed', async () => {
    const port = new MemoryCredentials()
    const first = await opened(port)
    first.stored.identityChanged()
    await first.stored.flush()
    expect(port.saves).toHaveLength(1)

    const second = await opened(port)
    second.stored.identityChanged()
    await second.stored.flush()
    expect(port.saves).toHaveLength(1)
  })

  it('report a failed write to its caller, and try the identity again with the next', async () => {
    const port = new MemoryCredentials()
    const { state, stored } = await opened(port)
    port.failure = new Error('disk full')
    state.creds.nextPreKeyId = 5
    stored.identityChanged()
    await expect(state.keys.set({ session: { a: Buffer.from('x') } })).rejects.toThrow('disk full')

    port.failure = undefined
    await state.keys.set({ session: { a: Buffer.from('x') } })
    expect(port.saves.at(-1)?.identity).toBeDefined()
  })

  it('are not kept before a phone has linked the device', async () => {
    const port = new MemoryCredentials()
    const { state, stored } = await opened(port)
    delete state.creds.account
    stored.identityChanged()
    await stored.flush()
    expect([port.saves, stored.isLinked]).toEqual([[], false])
  })

  it('are written together with what belongs to the same piece of work', async () => {
    const port = new MemoryCredentials()
    const { state, stored } = await opened(port)
    const mark = { type: 'ours', id: 'mark', value: Buffer.from('1') }
    await stored.storingWith(
      () => [{ ...mark, value: undefined }],
      async () => {
        await stored.store(mark)
        await state.keys.set({ session: { a: null } })
      },
    )
    expect(
      port.saves.map(({ keys }) => keys.map(({ type, value }) => [type, value !== undefined])),
    ).toEqual([
      [['ours', true]],
      [
        ['session', false],
        ['ours', false],
      ],
    ])
    expect(await stored.load('ours', 'mark')).toBeUndefined()
  })

  it('stay as they are once sealed', async () => {
    const port = new MemoryCredentials()
    const { state, stored } = await opened(port)
    stored.seal()
    state.creds.nextPreKeyId = 99
    stored.identityChanged()
    await state.keys.set({ session: { a: Buffer.from('x') } })
    expect(port.saves).toEqual([])
  })
})

/** As after pairing. */
async function opened(port: CredentialPort) {
  const stored = await StoredAuthState.open(port, instanceId, silentLog)
  stored.state.creds.account ??= { accountSignature: Buffer.from('phone') }
  return { stored, state: stored.state }
}
