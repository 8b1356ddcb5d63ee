import { expect, test } from 'vitest'
import { growthOf, type Sample, sampleOf } from './flat.js'

const sample = (heapMb: number): Sample => ({ heapMb, rssMb: 200, handles: 10, files: 40 })

test('a heap that is emptied again and again is flat', () => {
  const heaps = [90, 60, 95, 60, 99, 60, 90, 60]
  expect(growthOf(heaps.map(sample))).toEqual({ heapMb: 0, rssMb: 0, handles: 0, files: 0 })
})

test('a heap whose least grows is not', () => {
  const heaps = [50, 50, 60, 99, 70, 70, 99, 90]
  expect(growthOf(heaps.map(sample)).heapMb).toBeCloseTo(0.5)
})

test('a process that is not known is no sample', () => {
  const figures = [
    'nodejs_heap_size_used_bytes 1048576',
    'process_resident_memory_bytes 2097152',
    'nodejs_active_handles_total 3',
  ]
  expect(() => sampleOf(figures.join('\n'))).toThrow('process_open_fds')
  expect(sampleOf([...figures, 'process_open_fds 4'].join('\n'))).toEqual({
    heapMb: 1,
    rssMb: 2,
    handles: 3,
    files: 4,
  })
  expect(() => growthOf([sample(1)])).toThrow('four samples')
})
