import { EventEmitter } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BinaryNode } from 'baileys'
import { beforeEach, describe, expect, it } from 'vitest'
import { storeFirst } from './store-first.js'

const receipt = (id: string): BinaryNode => ({ tag: 'receipt', attrs: { id } })

describe('a stanza that has to be stored', () => {
  let ws: EventEmitter
  let left: string[]
  let settle: Map<string, (isStored: boolean) => void>

  beforeEach(() => {
    ws = new EventEmitter()
    left = []
    settle = new Map()
    ws.on('CB:receipt', ({ attrs }: BinaryNode) => left.push(attrs['id'] ?? ''))
    storeFirst(ws, 'CB:receipt', ({ attrs: { id = '' } }) =>
      id === 'nothing' ? undefined : new Promise((resolve) => settle.set(id, resolve)),
    )
  })

  it('reaches the others when it is', async () => {
    ws.emit('CB:receipt', receipt('a'))
    await nextTurn()
    expect(left).toEqual([])
    settle.get('a')?.(true)
    await nextTurn()
    expect(left).toEqual(['a'])
  })

  it('never does when it could not be', async () => {
    ws.emit('CB:receipt', receipt('a'))
    ws.emit('CB:receipt', receipt('b'))
    settle.get('a')?.(false)
    settle.get('b')?.(true)
    await nextTurn()
    expect(left).toEqual(['b'])
  })

  it('does at once when there is nothing to store', () => {
    ws.emit('CB:receipt', receipt('nothing'))
    expect(left).toEqual(['nothing'])
  })
})
