import { expect, it } from 'vitest'
import { MemoryCredentials } from '../../../test/support/memory-credentials.js'
import { instanceIdOf } from '../../../test/support/outgoing-message.js'
import { silentLog } from '../../runtime/telemetry.js'
import { StoredAuthState } from './auth-state.js'
import { RatchetDoubts, type RatchetMark } from './ratchet-doubts.js'

const instanceId = instanceIdOf('3A')
const [ana, bia] = ['100@lid', '200@lid']
const type = 'ratchets-in-doubt'

async function setUp(credentials = new MemoryCredentials()) {
  const auth = await StoredAuthState.open(credentials, instanceId, silentLog)
  auth.state.creds.account = {}
  return { credentials, auth, doubts: await RatchetDoubts.load(auth) }
}

/** As a process finds them that starts now. */
const doubtedIn = async (credentials: MemoryCredentials) =>
  (await setUp(credentials)).doubts.doubted

/** As the outbox does: the mark is stored with the claim. */
const store = (credentials: MemoryCredentials, { key }: RatchetMark) =>
  credentials.save(instanceId, { keys: [key] })

const ratchets = { session: { 'ana.0': new Uint8Array([1]) } }

it('a chat is in doubt from the mark until its ratchets are stored, and both are one write', async () => {
  const { credentials, auth, doubts } = await setUp()
  const mark = doubts.mark(ana)
  await store(credentials, mark)
  expect(await doubtedIn(credentials)).toEqual([ana])
  await doubts.during(
    mark,
    async () => auth.state.keys.set(ratchets),
    () => true,
  )
  expect(await doubtedIn(credentials)).toEqual([])
  const last = credentials.saves.at(-1)
  expect(last?.keys.map((key) => key.type).toSorted()).toEqual([type, 'session'])
})

it('keys that are stored before the write leave the mark', async () => {
  const { credentials, auth, doubts } = await setUp()
  const mark = doubts.mark(ana)
  await store(credentials, mark)
  let isWritten = false
  const write = async () => {
    await auth.state.keys.set(ratchets)
    isWritten = true
    throw new Error('the process dies')
  }
  await expect(doubts.during(mark, write, () => isWritten)).rejects.toThrow('dies')
  expect(await doubtedIn(credentials)).toEqual([ana])
  expect(doubts.doubted).toEqual([ana])
})

it('a write that never happened leaves no doubt, and its mark goes with the next ratchets', async () => {
  const { credentials, auth, doubts } = await setUp()
  const [lost, next] = [doubts.mark(ana), doubts.mark(bia)]
  await store(credentials, lost)
  await store(credentials, next)
  const failing = doubts.during(
    lost,
    () => Promise.reject(new Error('no route')),
    () => false,
  )
  await expect(failing).rejects.toThrow('no route')
  expect(doubts.doubted).toEqual([])
  await doubts.during(
    next,
    async () => auth.state.keys.set(ratchets),
    () => true,
  )
  expect([...credentials.keys.keys()].filter((name) => name.startsWith(type))).toEqual([])
})

it('the end of one write says nothing of another one to the same chat', async () => {
  const { credentials, auth, doubts } = await setUp()
  const [one, other] = [doubts.mark(ana), doubts.mark(ana)]
  await store(credentials, one)
  await store(credentials, other)
  await doubts.during(
    one,
    async () => auth.state.keys.set(ratchets),
    () => true,
  )
  expect(await doubtedIn(credentials)).toEqual([ana])
})

it('marks of an older version count until each of their chats is settled', async () => {
  const credentials = new MemoryCredentials()
  credentials.keys.set(`${type} chats`, Buffer.from(JSON.stringify([ana, bia])))
  const { doubts } = await setUp(credentials)
  expect(doubts.doubted).toEqual([ana, bia])
  await doubts.settle(ana)
  expect(await doubtedIn(credentials)).toEqual([ana, bia])
  await doubts.settle(bia)
  expect(await doubtedIn(credentials)).toEqual([])
})
