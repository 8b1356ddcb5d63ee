/** Questions of clients that are not Baileys: their children in another order, or left out. */

import { expect } from 'vitest'
import { childOf, childrenOf, stanza } from '../src/wire/stanza.js'
import { test } from './support/lab.js'
import { linkRawDevice, RawClient } from './support/raw-client.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

test.for([
  { how: 'without a child', content: undefined },
  { how: 'with a <ping/>', content: [stanza('ping')] },
  { how: 'with another child', content: [stanza('t')] },
])('a ping $how is answered', async ({ content }, { lab }) => {
  await lab.phone(LOJA)
  await using client = await RawClient.logIn(lab.simulator, linkRawDevice(lab.simulator, LOJA))
  const answer = await client.ask({ xmlns: 'w:p', type: 'get' }, content)
  expect(answer.attrs['type']).toBe('result')
})

test('a question is found behind other children', async ({ lab }) => {
  await lab.phone(LOJA)
  await using client = await RawClient.logIn(lab.simulator, linkRawDevice(lab.simulator, LOJA))
  const other = stanza('context', { of: 'another client' })
  const questions: readonly [string, string, string, string][] = [
    ['abt', 'get', 'props', 'props'],
    ['privacy', 'get', 'privacy', 'privacy'],
    ['w:m', 'set', 'media_conn', 'media_conn'],
    ['w:g2', 'get', 'participating', 'groups'],
    ['encrypt', 'get', 'count', 'count'],
  ]
  const answers: string[] = []
  for (const [xmlns, type, asked] of questions) {
    const answer = await client.ask({ xmlns, type }, [other, stanza(asked)])
    answers.push(...childrenOf(answer).map(({ tag }) => tag))
  }
  expect(answers).toEqual(questions.map(([, , , told]) => told))
})

test('a group is made with more than its members in the question', async ({ lab }) => {
  await lab.phone(LOJA)
  const ana = await lab.phone(ANA)
  await using client = await RawClient.logIn(lab.simulator, linkRawDevice(lab.simulator, LOJA))
  const create = stanza('create', { subject: 'Vizinhos', key: '1' }, [
    stanza('description', { id: '1' }, [stanza('body', {}, Buffer.from('do prédio'))]),
    stanza('participant', { jid: `${ana.lid}@lid` }),
  ])
  const answer = await client.ask({ xmlns: 'w:g2', type: 'set', to: '@g.us' }, [create])
  const members = childrenOf(childOf(answer, 'group'), 'participant')
  expect(members.map(({ attrs }) => attrs['phone_number'])).toEqual([
    `${LOJA}@s.whatsapp.net`,
    `${ANA}@s.whatsapp.net`,
  ])
})

test('a client is active wherever it says so', async ({ lab }) => {
  await lab.phone(LOJA)
  await using client = await RawClient.logIn(lab.simulator, linkRawDevice(lab.simulator, LOJA), {
    passive: true,
    pull: true,
  })
  const answer = await client.ask({ xmlns: 'passive', type: 'set' }, [
    stanza('context'),
    stanza('active'),
  ])
  expect(answer.attrs['type']).toBe('result')
  await client.until((node) => childOf(node, 'offline') !== undefined)
})
