import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { sameForAll } from '../db/retention.js'
import { createVault } from '../db/encryption.js'
import { KeptMessages } from '../directory/kept-messages.js'
import { KnownPeople } from '../directory/known-people.js'
import { CredentialStore } from '../sessions/credential-store.js'
import { ResendStore } from '../sessions/resend-store.js'
import { keepingIn } from './keeping.js'

const chat = { kind: 'person', phone: '5511999990001' } as const
const whatsappId = whatsappIdOf('3EB0A')
const earlierId = whatsappIdOf('3EB0B')
const bytes = (text: string) => Buffer.from(text)

eachDatabase('what is kept of a message before it is written', (openDatabase) => {
  const setUp = async () => {
    const database = await openDatabase()
    const base = { database, clock: new ManualClock(), vault: createVault(randomBytes(32)) }
    const people = new KnownPeople(base)
    const resends = new ResendStore(base)
    const keptMessages = new KeptMessages({ ...base, people, retention: sameForAll(1_000) })
    const credentials = new CredentialStore(base)
    const keeping = keepingIn({ resends, keptMessages, credentials })
    const instanceId = await addInstance(database)
    const message = { whatsappId, chat, author: chat, fromMe: true, at: 5 }
    const what = {
      resendCopy: bytes('the copy'),
      message: { ...message, original: { bytes: bytes('the message') } },
      change: { reference: { whatsappId: earlierId, chat }, bytes: bytes('the edit') },
      ratchetMark: { type: 'mark', id: '1', value: bytes('the mark') },
    }
    const keep = (cause?: Error) =>
      database.transaction(async (transaction) => {
        const resendUntil = base.clock.now() + 1_000
        await keeping.keep({ instanceId, whatsappId, resendUntil }, what, transaction)
        if (cause !== undefined) throw cause
      })
    const kept = async () => ({
      copy: (await resends.find(instanceId, whatsappId))?.toString(),
      message: (
        await keptMessages.find(instanceId, { whatsappId, chat })
      )?.original.bytes.toString(),
      mark: (await credentials.loadKeys(instanceId, 'mark', ['1'])).get('1')?.toString(),
    })
    return { keep, kept }
  }

  it('is there with the claim, all of it', async () => {
    const { keep, kept } = await setUp()
    await keep()
    expect(await kept()).toEqual({ copy: 'the copy', message: 'the message', mark: 'the mark' })
  })

  it('is gone with the claim, all of it', async () => {
    const { keep, kept } = await setUp()
    await expect(keep(new Error('no claim'))).rejects.toThrow('no claim')
    expect(await kept()).toEqual({ copy: undefined, message: undefined, mark: undefined })
  })
})
