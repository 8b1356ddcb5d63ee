import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
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

/** A disk that has less each time it is looked at. */
function shrinking(freeMib: number) {
  const looks: string[] = []
  const freeBytesAt = async (path: string) => {
    looks.push(path)
    return (freeMib - looks.length) * mib
  }
  return { looks, disk: new FreeDisk({ path: '/data', minFreeBytes: 4 * mib, freeBytesAt }) }
}

describe('the disk', () => {
  it('is looked at with the first message, and not with each', async () => {
    const { looks, disk } = shrinking(2)
    disk.check(1)
    expect(looks).toEqual(['/data'])
    await new Promise(setImmediate)
    // One MiB is left, which is the least for texts.
    expect(() => disk.check(1)).toThrow(textError)
    expect(() => disk.check(1)).toThrow(textError)
    expect(looks).toEqual(['/data'])
  })

  it('is looked at again when a second has passed', async () => {
    const { looks, disk } = shrinking(9)
    const moment = vi.spyOn(performance, 'now').mockReturnValue(5_000)
    onTestFinished(() => moment.mockRestore())
    disk.check(1)
    moment.mockReturnValue(5_999)
    disk.check(1)
    expect(looks).toHaveLength(1)
    moment.mockReturnValue(6_000)
    disk.check(1)
    expect(looks).toHaveLength(2)
  })

  it('that cannot be read holds up nothing, and counts again once it can be', async () => {
    let isAway = true
    const freeBytesAt = async () => {
      if (isAway) throw new Error('away')
      return 0
    }
    const disk = new FreeDisk({ path: '/data', minFreeBytes: mib, freeBytesAt })
    await disk.read()
    disk.check(mib)
    isAway = false
    await disk.read()
    expect(() => disk.check(mib)).toThrow(fileError)
  })

  it('holds a file where a content is larger than 64 KiB', async () => {
    const disk = new FreeDisk({ path: '/data', minFreeBytes: mib, freeBytesAt: async () => 0 })
    await disk.read()
    expect(() => disk.check(65_536)).toThrow(textError)
    expect(() => disk.check(65_537)).toThrow(fileError)
  })
})

it('counts what is free on the real disk in bytes', async () => {
  const { bavail, bsize } = await statfs(tmpdir())
  const half = { path: tmpdir(), minFreeBytes: (bavail * bsize) / 2 }
  const disk = new FreeDisk(half)
  await disk.read()
  disk.check(100_000)
  expect(() => disk.check(bavail * bsize)).toThrow(fileError)
})

it('looks at the real disk', async () => {
  const disk = new FreeDisk({ path: tmpdir(), minFreeBytes: Number.MAX_SAFE_INTEGER })
  await disk.read()
  expect(() => disk.check(1)).toThrow(DiskNearlyFullError)
})

it('tells how many bytes are free, where they can be read', async () => {
  const disk = await withFree(30)
  expect(await disk.free()).toBe(30 * mib)
  const away = new FreeDisk({ path: '/there/is/no/such/place', minFreeBytes: 0 })
  expect(await away.free()).toBeUndefined()
})
