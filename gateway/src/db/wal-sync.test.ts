import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { inodeOf, watchDisk } from '../../test/support/watched-disk.js'
import { WalSync } from './wal-sync.js'

async function place(): Promise<{ path: string; appear: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-test-wal-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, 'wal')
  return { path, appear: () => writeFile(path, 'frames') }
}

test('what the disk refused once is written again before a writer is told that it is safe', async () => {
  const { path, appear } = await place()
  let checkpoints = 0
  let isFull = true
  const wal = new WalSync({
    path,
    checkpoint: () => {
      checkpoints += 1
      if (isFull) throw new Error('no room')
    },
  })
  wal.changed()
  // There is no file, which fails as a disk does.
  await expect(wal.sync()).rejects.toThrow('ENOENT')
  await appear()
  await expect(wal.sync()).rejects.toThrow('no room')
  isFull = false
  await wal.sync()
  expect(checkpoints).toBe(2)
  wal.changed()
  await wal.sync()
  expect(checkpoints).toBe(2)
  await wal.close()
})

test('nothing is asked of the disk when nothing was written', async () => {
  const { path } = await place()
  const wal = new WalSync({ path, checkpoint: () => {} })
  // There is no file to be asked for.
  await expect(wal.sync()).resolves.toBeUndefined()
  await wal.close()
})

test('what is written while the disk is at work needs a sync of its own', async () => {
  const { path, appear } = await place()
  await appear()
  using disk = await watchDisk()
  const wal = new WalSync({ path, checkpoint: () => {} })
  disk.hold()
  wal.changed()
  const first = wal.sync()
  await disk.held()
  wal.changed()
  disk.release()
  await first
  const inode = await inodeOf(path)
  expect(disk.synced).toEqual([inode])
  await wal.sync()
  expect(disk.synced).toEqual([inode, inode])
  await wal.close()
})

test.runIf(process.platform === 'linux')('leaves no file open when it is closed', async () => {
  const { path, appear } = await place()
  await appear()
  const wal = new WalSync({ path, checkpoint: () => {} })
  wal.changed()
  await wal.sync()
  expect(await openFiles(path)).toBe(1)
  await wal.close()
  expect(await openFiles(path)).toBe(0)
})

async function openFiles(path: string): Promise<number> {
  const names = await readdir('/proc/self/fd')
  // One of them is that of the list itself, which is closed by now.
  const files = await Promise.all(
    names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
  )
  return files.filter((file) => file === path).length
}
