/**
 * What a video in an MP4 container is like: its codec, size and length (ISO/IEC 14496-12).
 *
 * Only the boxes around the film are read, so a long one costs no more than a short one.
 */

export interface Mp4 {
  /** The four letters of the codec, as in `avc1`; `undefined` without a picture. */
  readonly video: string | undefined
  readonly audio: string | undefined
  /** As it is shown, in pixels. */
  readonly width: number
  readonly height: number
  readonly seconds: number
}

export interface ReadableFile {
  readonly byteLength: number
  readAt(position: number, length: number): Promise<Buffer>
}

/** The box `moov` of an hour is about 2 MB. */
const largestMoov = 16_000_000
/** More boxes than this beside each other are no film. */
const mostBoxes = 1_000

/** `undefined` where it is no MP4, or is damaged. */
export async function readMp4(file: ReadableFile): Promise<Mp4 | undefined> {
  try {
    const moov = await findMoov(file)
    return moov && describe(moov)
  } catch (cause) {
    // A length that leads out of the box.
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

async function findMoov(file: ReadableFile): Promise<Buffer | undefined> {
  let at = 0
  for (let count = 0; count < mostBoxes && at + 8 <= file.byteLength; count += 1) {
    const head = await file.readAt(at, 16)
    const short = head.readUInt32BE(0)
    const isLong = short === 1
    const size =
      short === 0 ? file.byteLength - at : isLong ? Number(head.readBigUInt64BE(8)) : short
    const headBytes = isLong ? 16 : 8
    if (size < headBytes) return undefined
    if (head.toString('latin1', 4, 8) === 'moov')
      return size > largestMoov ? undefined : file.readAt(at + headBytes, size - headBytes)
    at += size
  }
  return undefined
}

function describe(moov: Buffer): Mp4 {
  const tracks = boxesIn(moov)
    .filter(({ name }) => name === 'trak')
    .map(({ body }) => readTrack(body))
  const video = tracks.find(({ handler }) => handler === 'vide')
  const audio = tracks.find(({ handler }) => handler === 'soun')
  return {
    video: video?.codec,
    audio: audio?.codec,
    width: video?.width ?? 0,
    height: video?.height ?? 0,
    seconds: secondsOf(childOf(moov, 'mvhd')),
  }
}

function readTrack(trak: Buffer) {
  const media = childOf(trak, 'mdia')
  const handler = childOf(media, 'hdlr')?.toString('latin1', 8, 12)
  const samples = childOf(childOf(childOf(media, 'minf'), 'stbl'), 'stsd')
  return { handler, codec: samples?.toString('latin1', 12, 16), ...sizeOf(childOf(trak, 'tkhd')) }
}

/** Phones hold their camera upright and write the picture sideways, with a matrix that turns it. */
function sizeOf(tkhd: Buffer | undefined): { readonly width: number; readonly height: number } {
  if (tkhd === undefined) return { width: 0, height: 0 }
  const matrix = tkhd[0] === 1 ? 52 : 40
  const [width, height] = [
    tkhd.readUInt32BE(matrix + 36) >>> 16,
    tkhd.readUInt32BE(matrix + 40) >>> 16,
  ]
  const isTurned = tkhd.readInt32BE(matrix) === 0 && tkhd.readInt32BE(matrix + 4) !== 0
  return isTurned ? { width: height, height: width } : { width, height }
}

function secondsOf(mvhd: Buffer | undefined): number {
  if (mvhd === undefined) return 0
  const isLong = mvhd[0] === 1
  const scale = mvhd.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16)
  return scale === 0 ? 0 : duration / scale
}

interface Box {
  readonly name: string
  readonly body: Buffer
}

function boxesIn(bytes: Buffer): readonly Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length && boxes.length < mostBoxes; ) {
    const size = bytes.readUInt32BE(at) || bytes.length - at
    if (size < 8) throw new RangeError('a box is shorter than its head')
    boxes.push({
      name: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + 8, at + size),
    })
    at += size
  }
  return boxes
}

function childOf(box: Buffer | undefined, name: string): Buffer | undefined {
  return box && boxesIn(box).find((child) => child.name === name)?.body
}
