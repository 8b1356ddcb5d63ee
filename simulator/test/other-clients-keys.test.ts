/** Keys of clients that are not Baileys. */

import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { bytesOf, childOf, childrenOf, stanza } from '../src/wire/stanza.js'
import { test } from './support/lab.js'
import { linkRawDevice, RawClient } from './support/raw-client.js'
import { rawKeyUpload, uploadRawKeys } from './support/raw-keys.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'
const GET = { xmlns: 'encrypt', type: 'get' }
const SET = { xmlns: 'encrypt', type: 'set' }

test('keys may be uploaded with their parts in any order', async ({ lab }) => {
  await lab.phone(LOJA)
  const device = linkRawDevice(lab.simulator, LOJA)
  await using client = await RawClient.logIn(lab.simulator, device)
  const parts = rawKeyUpload(device)
  const refused: string[] = []
  for (const first of parts) {
    const others = parts.filter((part) => part !== first)
    const answer = await client.ask(SET, [first, ...others])
    if (answer.attrs['type'] !== 'result') refused.push(first.tag)
  }
  expect(refused).toEqual([])
  const counted = await client.ask(GET, [stanza('count')])
  expect(childOf(counted, 'count')?.attrs['value']).toBe(`${device.oneTimeKeys.length}`)
})

test('keys that lack a part are refused, and the connection stays', async ({ lab }) => {
  await lab.phone(LOJA)
  const device = linkRawDevice(lab.simulator, LOJA)
  await using client = await RawClient.logIn(lab.simulator, device)
  const parts = rawKeyUpload(device).filter(({ tag }) => tag !== 'skey')
  expect(childOf(await client.ask(SET, parts), 'error')?.attrs['code']).toBe('406')
  expect((await uploadRawKeys(client, device)).attrs['type']).toBe('result')
})

test('the digest has the hash of the keys that the server has', async ({ lab }) => {
  await lab.phone(LOJA)
  const ana = await lab.phone(ANA)
  const device = linkRawDevice(lab.simulator, LOJA)
  await using client = await RawClient.logIn(lab.simulator, device)
  await uploadRawKeys(client, device)
  // The first writer takes a one-time key.
  await ana.send(LOJA, 'Oi')

  const digest = childOf(await client.ask(GET, [stanza('digest')]), 'digest')
  const ids = childrenOf(childOf(digest, 'list')).map((id) =>
    Buffer.from(bytesOf(id) ?? []).readUIntBE(0, 3),
  )
  expect(ids).toHaveLength(device.oneTimeKeys.length - 1)
  const keys = ids.map((id) => device.oneTimeKeys[id - 1]?.public ?? Buffer.alloc(0))
  const { identityKey, signedPreKey } = device
  const all = [identityKey.public, signedPreKey.keyPair.public, signedPreKey.signature, ...keys]
  const hash = createHash('sha1').update(Buffer.concat(all)).digest()
  expect(Buffer.from(bytesOf(childOf(digest, 'hash')) ?? [])).toEqual(hash)
})

test('keys of others may be asked for beside other things', async ({ lab }) => {
  await lab.phone(LOJA)
  const ana = await lab.phone(ANA)
  await using client = await RawClient.logIn(lab.simulator, linkRawDevice(lab.simulator, LOJA))
  const user = stanza('user', { jid: `${ana.lid}@lid` })
  const answer = await client.ask(GET, [stanza('key', {}, [stanza('context'), user])])
  expect(childrenOf(childOf(answer, 'list')).map(({ attrs }) => attrs['jid'])).toEqual([
    `${ana.lid}@lid`,
  ])
})
