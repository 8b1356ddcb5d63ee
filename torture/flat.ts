/** Whether what a process holds stays as it is. */

/** What a gateway holds at one moment. */
export interface Sample {
  readonly heapMb: number
  readonly rssMb: number
  readonly handles: number
  /** Open file descriptors, sockets among them. */
  readonly files: number
}

const bytesPerMb = 1_048_576

/** Reads it from `/metrics`. Throws when a figure is not there. */
export function sampleOf(figures: string): Sample {
  const read = (name: string): number => {
    const [, value] = new RegExp(`^${name} (\\S+)$`, 'mu').exec(figures) ?? []
    if (value === undefined) throw new Error(`/metrics has no ${name}`)
    return Number(value)
  }
  return {
    heapMb: read('nodejs_heap_size_used_bytes') / bytesPerMb,
    rssMb: read('process_resident_memory_bytes') / bytesPerMb,
    handles: read('nodejs_active_handles_total'),
    files: read('process_open_fds'),
  }
}

/**
 * By what part each grew from the second quarter, when everything is warm, to the last. The least
 * of a quarter counts: what is in the air at that moment is no growth. Needs
 * four samples; throws with fewer.
 */
export function growthOf(samples: readonly Sample[]): Readonly<Record<keyof Sample, number>> {
  const quarter = Math.floor(samples.length / 4)
  if (quarter === 0) throw new Error('a growth needs four samples')
  const second = samples.slice(quarter, 2 * quarter)
  const last = samples.slice(-quarter)
  const growth = (name: keyof Sample): number => {
    const before = Math.min(...second.map((sample) => sample[name]))
    return (Math.min(...last.map((sample) => sample[name])) - before) / before
  }
  return {
    heapMb: growth('heapMb'),
    rssMb: growth('rssMb'),
    handles: growth('handles'),
    files: growth('files'),
  }
}
