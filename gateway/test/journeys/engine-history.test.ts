/** The Baileys engine alone, against the simulator: a part of the history that was acknowledged and not stored. */

import { expect, it } from 'vitest'
import { connected, newPhone, newRig, until } from '../support/engine-stage.js'

it('the next connection hands over again what could not be stored of the history', async () => {
  const own = await newPhone()
  const { phone: ana } = await newPhone()
  const messages = ['um', 'dois'].map((text, at) => ({ text, at: Date.now() - 60_000 + at }))
  own.past = { chats: [{ with: ana, name: 'Ana', messages }] }
  const rig = newRig()
  const pairing = await rig.connect()
  await own.scan((await pairing.next('qr')).text)
  expect((await pairing.next('closed')).reason).toBe('restart-required')

  const { told } = rig
  const keepChunk = told.keepChunk.bind(told)
  const refused = new Set<string>()
  told.keepChunk = async (_, { id }) => {
    refused.add(id)
    throw new Error('the disk is full')
  }
  const first = await connected(rig)
  // The newest message, and all others.
  await until(() => (refused.size === 2 ? true : undefined))
  await first.connection.close()
  expect(told.said).toEqual([])

  const kept = new Set<string>()
  told.keepChunk = (instanceId, chunk) => {
    kept.add(chunk.id)
    return keepChunk(instanceId, chunk)
  }
  await connected(rig)
  await until(() => (kept.size === 2 ? true : undefined))
  expect(kept).toEqual(refused)
  await until(() => (told.said.length > 0 ? true : undefined))
  // Nothing is left to be told.
  await until(() => ([...rig.credentials.keys.keys()].some(isUntold) ? undefined : true))
})

function isUntold(key: string): boolean {
  return key.startsWith('kept-message')
}
