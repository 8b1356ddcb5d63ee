import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FakeConnection } from '../../test/support/fake-connection.js'
import { CommitQueue } from './commit-queue.js'

test('who has no work asks nothing of the disk', async () => {
  const ground = new FakeConnection()
  await new CommitQueue(ground).transaction(async () => ground.write('row'))
  for (let turn = 0; turn < 10; turn += 1) await nextTurn()
  expect(ground.syncs).toBe(1)
})

test('all writers of a shared commit are told before the next commit, so that those who write again share it', async () => {
  const ground = new FakeConnection()
  const queue = new CommitQueue(ground)
  const story: string[] = []
  const store = (name: string) =>
    queue.transaction(
      async () => ground.write(name),
      () => story.push(`${name} is committed`),
    )
  const told = (name: string) => () => story.push(`${name} is told`)
  const both = [store('a').then(told('a')), store('b').then(told('b'))]
  // Comes while the first two wait for the disk.
  while (ground.committed.length < 2) await nextTurn()
  await Promise.all([...both, store('c').then(told('c'))])
  expect(story.indexOf('a is told')).toBeLessThan(story.indexOf('c is committed'))
})

test('what can be read is on the disk once it is synced', async () => {
  const ground = new FakeConnection()
  const queue = new CommitQueue(ground)
  ground.write('row')
  await queue.synced()
  expect(ground.durable).toBe(1)
})
