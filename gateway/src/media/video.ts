/**
 * Makes a video that any phone plays: H.264 in MP4.
 *
 * What is that already goes as it is. Everything else needs ffmpeg, and is refused without it.
 */

import { fileTypeFromBuffer } from 'file-type'
import type { PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'
import { type Ffmpeg, FfmpegError } from './ffmpeg.js'
import { type Mp4, readMp4 } from './mp4.js'
import { openNameless, ScratchFile } from './scratch-file.js'

const headBytes = 65_536
const pictureMs = 20_000
const convertMs = 600_000
const thumbnailSide = 100

/** By what `file-type` calls them, what ffmpeg calls them. */
const demuxers: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/x-m4v': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'video/webm': 'matroska',
  'video/matroska': 'matroska',
  'video/x-matroska': 'matroska',
  'video/vnd.avi': 'avi',
  'video/x-msvideo': 'avi',
  'image/gif': 'gif',
}

export interface VideoTools {
  readonly ffmpeg: Ffmpeg
  /** Where files are written that no name leads to. */
  readonly folder: string
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** Takes over `file`: it is discarded if another one is made of it. Throws `MediaError`. */
export async function prepareVideo(file: ScratchFile, tools: VideoTools): Promise<PreparedFile> {
  const head = await file.readAt(0, headBytes)
  const type = (await fileTypeFromBuffer(head))?.mime
  const demuxer = type === undefined ? undefined : demuxers[type]
  if (demuxer === undefined) {
    const found = type === undefined ? 'not in a known format' : `of the type ${type}`
    throw new MediaError(`The video is ${found}. Use MP4 with H.264.`)
  }
  const mp4 = type === 'video/mp4' || type === 'video/x-m4v' ? await readMp4(file) : undefined
  if (mp4 !== undefined && mp4.video === undefined)
    throw new MediaError('The video has no picture. Send it as an audio.')
  const isThere = await tools.ffmpeg.isThere()
  if (mp4?.video === 'avc1' || mp4?.video === 'avc3')
    return shownAs(file, mp4, isThere ? await pictureOf(file, tools) : undefined)
  if (!isThere)
    throw new MediaError(
      `The video is ${mp4?.video ?? type}, which phones do not play. Use MP4 with H.264, or have ffmpeg installed beside the gateway: it converts it.`,
    )
  const converted = await convert(file, demuxer, tools)
  const shown = await readMp4(converted)
  if (shown?.video === undefined) throw await discarding(converted, damaged())
  const prepared = shownAs(converted, shown, await pictureOf(converted, tools))
  await file.discard()
  return prepared
}

function shownAs(
  bytes: ScratchFile,
  { width, height, seconds }: Mp4,
  thumbnail: Uint8Array | undefined,
): PreparedFile {
  const length = { seconds: Math.max(1, Math.round(seconds)) }
  return { bytes, mimeType: 'video/mp4', width, height, thumbnail, ...length }
}

/** The first frame, small. `undefined` where there is none: phones show an empty tile then. */
async function pictureOf(
  file: ScratchFile,
  { ffmpeg, folder, signal }: VideoTools,
): Promise<Uint8Array | undefined> {
  const input = await plainCopy(file, folder)
  const parts: Buffer[] = []
  try {
    await ffmpeg.run({
      args: [
        ...inputOf('mov'),
        ...'-map 0:v:0 -frames:v 1 -vf'.split(' '),
        `scale=${thumbnailSide}:${thumbnailSide}:force_original_aspect_ratio=decrease`,
        ...'-c:v mjpeg -q:v 6 -f image2pipe pipe:1'.split(' '),
      ],
      files: [input.fd],
      onOutput: (chunk) => parts.push(chunk),
      timeoutMs: pictureMs,
      signal,
    })
  } catch (cause) {
    if (!(cause instanceof FfmpegError)) throw cause
  } finally {
    await input.close()
  }
  return parts.length === 0 ? undefined : Buffer.concat(parts)
}

async function convert(
  file: ScratchFile,
  demuxer: string,
  { ffmpeg, folder, maxBytes, signal }: VideoTools,
): Promise<ScratchFile> {
  const input = await plainCopy(file, folder)
  const output = await openNameless(folder)
  try {
    await ffmpeg.run({
      args: [
        ...inputOf(demuxer),
        ...'-map 0:v:0 -map 0:a:0? -map_metadata -1'.split(' '),
        ...'-c:v libx264 -preset veryfast -crf 26 -pix_fmt yuv420p -vf'.split(' '),
        String.raw`scale=trunc(min(1280\,iw)/2)*2:-2`,
        ...`-c:a aac -b:a 128k -ac 2 -fs ${maxBytes + 1} -f mp4 -y /dev/fd/4`.split(' '),
      ],
      files: [input.fd, output.fd],
      timeoutMs: convertMs,
      signal,
    })
    if ((await output.stat()).size > maxBytes)
      throw new MediaError('The video is too large after its conversion. Use a shorter one.')
    return await ScratchFile.of(output.createReadStream({ start: 0, autoClose: false }), folder)
  } catch (cause) {
    throw cause instanceof FfmpegError ? damaged(cause) : cause
  } finally {
    await input.close()
    await output.close()
  }
}

/** It may read the descriptor that it is handed, and nothing else. */
function inputOf(demuxer: string): readonly string[] {
  return `-protocol_whitelist file -f ${demuxer} -i /dev/fd/3`.split(' ')
}

/** ffmpeg has to go back and forth in it. */
async function plainCopy(file: ScratchFile, folder: string) {
  const copy = await openNameless(folder)
  try {
    for await (const chunk of file.chunks()) await copy.write(chunk)
    return copy
  } catch (cause) {
    await copy.close()
    throw cause
  }
}

async function discarding(file: ScratchFile, error: MediaError): Promise<MediaError> {
  await file.discard()
  return error
}

function damaged(cause?: unknown): MediaError {
  return new MediaError('The video is damaged, or could not be converted. Use MP4 with H.264.', {
    cause,
  })
}
