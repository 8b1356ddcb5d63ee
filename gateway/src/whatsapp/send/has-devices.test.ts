import type { BinaryNode } from 'baileys'
import { describe, expect, it } from 'vitest'
import { WhatsappSilentError } from '../../domain/errors.js'
import { hasDevices } from './look-up.js'

const node = (
  tag: string,
  attrs: BinaryNode['attrs'] = {},
  content?: BinaryNode['content'],
): BinaryNode => ({ tag, attrs, ...(content === undefined ? {} : { content }) })

const jid = '100@lid'
const answer = (...users: BinaryNode[]) =>
  node('iq', {}, [node('usync', {}, [node('list', {}, users)])])
const user = (devices: BinaryNode[]) =>
  node('user', { jid }, [node('devices', {}, [node('device-list', {}, devices)])])
const ask = (...answers: (BinaryNode | undefined)[]) =>
  hasDevices({ query: async () => answers.shift(), generateMessageTag: () => 'tag' }, jid)

describe('devices of an address', () => {
  it('are there, or not', async () => {
    expect(await ask(answer(user([node('device', { id: '0' })])))).toBe(true)
    expect(await ask(answer(user([])))).toBe(false)
    expect(await ask(answer(node('user', { jid })))).toBe(false)
  })

  it('that are not mentioned are asked for once more', async () => {
    expect(await ask(answer(), answer(user([])))).toBe(false)
    expect(await ask(answer(), answer())).toBeUndefined()
  })

  it('are not said to be missing where WhatsApp is silent', async () => {
    await expect(ask(undefined)).rejects.toThrow(WhatsappSilentError)
  })
})
