import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { DiskNearlyFullError } from '../domain/errors.js'
import { FreeDisk } from './free-disk.js'

const mib = 1_048_576

async function withFree(freeMib: number): Promise<FreeDisk> {
  const freeBytesAt = async () => freeMib * mib
  const disk = new FreeDisk({ path: tmpdir(), minFreeBytes: 100 * mib, freeBytesAt })
  await disk.read()
  return disk
}

const textError = /accepts no messages/u
const fileError = /accepts no files\. Send the image as a URL/u

describe('messages are stored', () => {
  it('with files as long as enough stays free after them', async () => {
    const disk = await withFree(105)
    disk.check(5 * mib)
    expect(() => disk.check(6 * mib)).toThrow(fileError)
  })

  it('without files down to a quarter of that', async () => {
    const disk = await withFree(30)
    expect(() => disk.check(100_000)).toThrow(fileError)
    disk.check(1_000)
    const full = await withFree(24)
    expect(() => full.check(1_000)).toThrow(textError)
  })

  it('where the limit is switched off, or the disk cannot be read', async () => {
    const away = new FreeDisk({ path: '/there/is/no/such/place', minFreeBytes: 100 * mib })
    await away.read()
    expect(() => away.check(mib)).not.toThrow()
    const off = new FreeDisk({ path: tmpdir(), minFreeBytes: 0, freeBytesAt: async () => 0 })
    await off.read()
    expect(() => off.check(mib)).not.toThrow()
  })
})

it('looks at the real disk', async () => {
  const disk = new FreeDisk({ path: tmpdir(), minFreeBytes: Number.MAX_SAFE_INTEGER })
  await disk.read()
  expect(() => disk.check(1)).toThrow(DiskNearlyFullError)
})
