import { EventEmitter, once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CommitFails, FakeConnection } from '../../test/support/fake-connection.js'
import { CommitQueue } from './commit-queue.js'

const anyCommitFails = fc.constantFrom<CommitFails>('never', 'and undoes', 'and stays open')

interface Wish {
  readonly kind: 'transaction' | 'statement'
  readonly rows: number
  readonly ends: 'well' | 'by throwing' | 'by losing everything'
  /** Whether it lets others of the event loop have a turn in between. */
  readonly pauses: boolean
  /** Whether it comes in a later turn than the one before it. */
  readonly later: boolean
}

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom('transaction', 'statement'),
  rows: fc.nat(3),
  ends: fc.constantFrom('well', 'well', 'well', 'by throwing', 'by losing everything'),
  pauses: fc.boolean(),
  later: fc.boolean(),
})

interface Settled {
  readonly wish: Wish
  readonly error: string | undefined
  /** How many of its rows could be read each time that it was told to be committed. */
  readonly seen: readonly number[]
  /** What was durable when it was settled. */
  readonly durable: readonly string[]
}

async function carryOut(
  ground: FakeConnection,
  wishes: readonly Wish[],
): Promise<readonly Settled[]> {
  const queue = new CommitQueue(ground)
  const settled = wishes.map(async (each, index): Promise<Settled> => {
    const turns = wishes.slice(0, index + 1).filter(({ later }) => later).length
    for (let turn = 0; turn < turns; turn += 1) await nextTurn()
    const work = () => run(ground, each, String(index))
    const seen: number[] = []
    const committed = () =>
      seen.push(ground.committed.filter((row) => row.startsWith(`${index}.`)).length)
    const error = await queue[each.kind](work, committed).then(
      () => undefined,
      (cause: unknown) => String(cause),
    )
    return { wish: each, error, seen, durable: ground.committed.slice(0, ground.durable) }
  })
  return Promise.all(settled)
}

async function run(ground: FakeConnection, each: Wish, name: string): Promise<void> {
  // A statement does all that it does at once, or nothing.
  const rows = each.kind === 'statement' ? Math.min(1, each.rows) : each.rows
  if (each.kind === 'statement' && each.ends === 'by throwing') throw new Error('wrong')
  for (let row = 0; row < rows; row += 1) {
    if (each.ends === 'by losing everything') ground.lose()
    ground.write(`${name}.${row}`)
    if (each.pauses) await nextTurn()
  }
  if (each.ends === 'by throwing') throw new Error('wrong')
}

const rowsOf = (index: number, { kind, rows }: Wish): readonly string[] =>
  Array.from(
    { length: kind === 'statement' ? Math.min(1, rows) : rows },
    (_, row) => `${index}.${row}`,
  )

describe('transactions that share a commit', () => {
  test('are stored whole and in their order, or not at all, whatever the others do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wish, { maxLength: 12 }),
        fc.array(anyCommitFails),
        async (wishes, commitFails) => {
          const ground = new FakeConnection(commitFails)
          const settled = await carryOut(ground, wishes)
          const kept = settled.flatMap(({ wish: each, error }, index) =>
            error === undefined ? rowsOf(index, each) : [],
          )
          expect(ground.committed.toSorted()).toEqual(kept.toSorted())
          for (const [index, { wish: each, error, seen }] of settled.entries()) {
            const isTold = each.kind === 'transaction' && error === undefined
            expect(seen).toEqual(isTold ? [each.rows] : [])
            expect(error?.includes('wrong') ?? false).toBe(each.ends === 'by throwing')
            const own = ground.committed.filter((row) => row.startsWith(`${index}.`))
            expect(own).toEqual(error === undefined ? rowsOf(index, each) : [])
          }
        },
      ),
    )
  })

  test('are heard of when they survive a power failure, and not before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wish, { maxLength: 12 }),
        fc.array(fc.boolean()),
        async (wishes, syncFails) => {
          const ground = new FakeConnection([], syncFails)
          const told = (await carryOut(ground, wishes)).flatMap(
            ({ wish: each, error, durable }, index) =>
              error === undefined ? [{ rows: rowsOf(index, each), durable }] : [],
          )
          const lost = told.flatMap(({ rows, durable }) =>
            rows.filter((row) => !durable.includes(row)),
          )
          expect(lost).toEqual([])
        },
      ),
    )
  })

  test('can be read before they survive a power failure, and say so', async () => {
    const ground = new FakeConnection()
    const queue = new CommitQueue(ground)
    let syncsBefore: number | undefined
    await queue.transaction(
      async () => ground.write('row'),
      () => (syncsBefore = ground.syncs),
    )
    expect(syncsBefore).toBe(0)
    expect(ground.syncs).toBe(1)
  })

  test('who waits for the disk is not kept by what others do who waited before', async () => {
    const ground = new FakeConnection()
    const queue = new CommitQueue(ground)
    const story: string[] = []
    let second: Promise<void> | undefined
    const enter = () => {
      second = queue.transaction(
        async () => ground.write('second'),
        () => story.push('second is committed'),
      )
    }
    await queue.transaction(async () => ground.write('first'), enter)
    story.push('first is told')
    await second
    expect(story).toEqual(['second is committed', 'first is told'])
    expect(ground.durable).toBe(2)
  })

  test('that come in one turn are one commit and one wait for the disk', async () => {
    const ground = new FakeConnection()
    const queue = new CommitQueue(ground)
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => queue.transaction(async () => ground.write(name))))
    expect(ground.committed).toEqual(names)
    expect(ground).toMatchObject({ commits: 1, syncs: 1 })
  })

  test('who reads sees nothing that is not committed', async () => {
    const ground = new FakeConnection()
    const queue = new CommitQueue(ground)
    const seen: boolean[] = []
    const stored = queue.transaction(async () => {
      ground.write('half')
      await nextTurn()
      ground.write('whole')
    })
    while (seen.length < 6) {
      seen.push(await queue.read(async () => ground.isInTransaction))
      await nextTurn()
    }
    await stored
    expect(seen).toEqual(Array.from({ length: seen.length }, () => false))
  })

  test('a writer that was stored does not wait for a writer that is alone', async () => {
    const queue = new CommitQueue(new FakeConnection())
    const door = new EventEmitter()
    const ends: string[] = []
    const enter = () => {
      const alone = queue.alone(async () => void (await once(door, 'open')))
      void alone.then(() => ends.push('alone'))
    }
    await queue.transaction(async () => {}, enter)
    ends.push('stored')
    while (door.listenerCount('open') === 0) await nextTurn()
    door.emit('open')
    await queue.alone(async () => {})
    expect(ends).toEqual(['stored', 'alone'])
  })

  test('a writer that is alone meets no other', async () => {
    const ground = new FakeConnection()
    const queue = new CommitQueue(ground)
    const before = queue.transaction(async () => ground.write('before'))
    const alone = queue.alone(async () => {
      const found = [...ground.committed]
      await nextTurn()
      return { found, left: [...ground.committed], inside: ground.isInTransaction }
    })
    const after = queue.transaction(async () => ground.write('after'))
    expect(await alone).toEqual({ found: ['before'], left: ['before'], inside: false })
    await Promise.all([before, after])
    expect(ground.committed).toEqual(['before', 'after'])
  })
})
