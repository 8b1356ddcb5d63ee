import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { openNameless, ScratchFile } from './scratch-file.js'

const folder = await mkdtemp(join(tmpdir(), 'recado-scratch-'))
afterAll(() => rm(folder, { recursive: true }))

it('gives back what was written, whole and in parts, however it came', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 4 })
  const range = fc.tuple(fc.nat(400_000), fc.nat(150_000))
  await fc.assert(
    fc.asyncProperty(sizes, range, async (lengths, [position, length]) => {
      const chunks = lengths.map((each) => randomBytes(each))
      const whole = Buffer.concat(chunks)
      const file = await ScratchFile.of(chunks, folder)
      const read: Uint8Array[] = []
      for await (const chunk of file.chunks()) read.push(chunk)
      expect(Buffer.concat(read).equals(whole)).toBe(true)
      const part = await file.readAt(position, length)
      expect(part.equals(whole.subarray(position, position + length))).toBe(true)
      expect(file.byteLength).toBe(whole.length)
      await file.discard()
    }),
    { numRuns: 30 },
  )
})

it('has no name on the disk, and cannot be read after it was discarded', async () => {
  const file = await ScratchFile.of([randomBytes(100_000)], folder)
  expect(await readdir(folder)).toEqual([])
  await file.discard()
  await expect(file.readAt(0, 1)).rejects.toThrow('closed')
})

it('is not readable on the disk', async () => {
  const handle = await openNameless(folder)
  await handle.close()
  const file = await ScratchFile.create(folder)
  const before = await openFiles()
  await file.append(Buffer.alloc(70_000, 'segredo'))
  await file.end()
  for (const path of before) {
    const other = await open(path, 'r')
    const { buffer, bytesRead } = await other.read(Buffer.alloc(200_000), 0, 200_000, 0)
    await other.close()
    expect(buffer.subarray(0, bytesRead).includes('segredo')).toBe(false)
  }
  await file.discard()
})

/** This process' own way to its files without a name; Linux has one. */
async function openFiles(): Promise<readonly string[]> {
  const names = await readdir('/proc/self/fd').catch(() => [])
  const { readlink } = await import('node:fs/promises')
  const paths: string[] = []
  for (const name of names) {
    const target = await readlink(`/proc/self/fd/${name}`).catch(() => '')
    if (target.startsWith(folder)) paths.push(`/proc/self/fd/${name}`)
  }
  return paths
}
