/**
 * Makes a voice message of an audio.
 *
 * Phones play as a voice message only Opus in Ogg with one channel. Where ffmpeg is there, everything
 * else becomes that; where it is not, what phones can play is sent as a file with sound.
 */

import { fileTypeFromBuffer } from 'file-type'
import { parseBuffer } from 'music-metadata'
import type { PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'
import { type Ffmpeg, FfmpegError } from './ffmpeg.js'
import { Waveform } from './waveform.js'

const voiceType = 'audio/ogg; codecs=opus'
const convertMs = 120_000

/** Formats by what `file-type` calls them: what ffmpeg calls them, and what phones play as it is. */
const formats: Readonly<Record<string, { readonly demuxer: string; readonly plays?: string }>> = {
  [voiceType]: { demuxer: 'ogg', plays: voiceType },
  'audio/ogg': { demuxer: 'ogg' },
  'audio/mpeg': { demuxer: 'mp3', plays: 'audio/mpeg' },
  'audio/mp4': { demuxer: 'mov', plays: 'audio/mp4' },
  'audio/x-m4a': { demuxer: 'mov', plays: 'audio/mp4' },
  'video/mp4': { demuxer: 'mov' },
  'video/quicktime': { demuxer: 'mov' },
  'audio/aac': { demuxer: 'aac', plays: 'audio/aac' },
  'audio/amr': { demuxer: 'amr', plays: 'audio/amr' },
  'audio/wav': { demuxer: 'wav' },
  'audio/flac': { demuxer: 'flac' },
  'audio/x-flac': { demuxer: 'flac' },
  'audio/aiff': { demuxer: 'aiff' },
  'video/webm': { demuxer: 'matroska' },
  'audio/webm': { demuxer: 'matroska' },
  'video/matroska': { demuxer: 'matroska' },
  'audio/matroska': { demuxer: 'matroska' },
}

/** Throws `MediaError`, or the signal's reason. */
export async function prepareAudio(
  bytes: Buffer,
  wantsWaveform: boolean,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<PreparedFile> {
  const type = (await fileTypeFromBuffer(bytes))?.mime
  const format = type === undefined ? undefined : formats[type]
  if (format === undefined) {
    const found = type === undefined ? 'not in a known format' : `of the type ${type}`
    throw new MediaError(`The audio is ${found}. Use Opus in Ogg, MP3, M4A or WAV.`)
  }
  const { demuxer, plays } = format
  const isThere = await ffmpeg.isThere()
  const known = plays === undefined ? undefined : await describe(bytes, plays)
  const isVoice = plays === voiceType && known?.channels === 1
  if (known !== undefined && (isVoice || !isThere)) {
    const waveform =
      isVoice && wantsWaveform && isThere ? await draw(bytes, ffmpeg, signal) : undefined
    return { bytes, mimeType: plays ?? voiceType, seconds: known.seconds, isVoice, waveform }
  }
  if (!isThere)
    throw new MediaError(
      `The audio is of the type ${type}, which phones do not play. Use Opus in Ogg, MP3 or M4A, or have ffmpeg installed beside the gateway: it converts it.`,
    )
  const voice = await convert(bytes, demuxer, ffmpeg, signal)
  const { seconds } = await describe(voice, voiceType)
  const waveform = wantsWaveform ? await draw(voice, ffmpeg, signal) : undefined
  return { bytes: voice, mimeType: voiceType, seconds, isVoice: true, waveform }
}

async function describe(
  bytes: Uint8Array,
  mimeType: string,
): Promise<{ readonly seconds: number; readonly channels: number | undefined }> {
  const options = { duration: true, skipCovers: true }
  const metadata = await parseBuffer(bytes, { mimeType }, options).catch((cause: unknown) => {
    throw damaged(cause)
  })
  const { duration = 0, numberOfChannels: channels } = metadata.format
  if (duration === 0) throw damaged()
  return { seconds: Math.max(1, Math.round(duration)), channels }
}

async function convert(
  bytes: Buffer,
  demuxer: string,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
): Promise<Buffer> {
  const parts: Buffer[] = []
  await running(
    ffmpeg.run({
      args: [
        ...`-protocol_whitelist pipe -f ${demuxer} -i pipe:0`.split(' '),
        ...'-map 0:a:0 -map_metadata -1 -ac 1 -ar 48000'.split(' '),
        ...'-c:a libopus -b:a 32k -application voip -f ogg pipe:1'.split(' '),
      ],
      stdin: bytes,
      onOutput: (chunk) => parts.push(chunk),
      timeoutMs: convertMs,
      signal,
    }),
  )
  return Buffer.concat(parts)
}

async function draw(bytes: Buffer, ffmpeg: Ffmpeg, signal: AbortSignal): Promise<Uint8Array> {
  const waveform = new Waveform()
  await running(
    ffmpeg.run({
      args: [
        ...'-protocol_whitelist pipe -f ogg -i pipe:0'.split(' '),
        ...'-map 0:a:0 -ac 1 -ar 8000 -f s16le pipe:1'.split(' '),
      ],
      stdin: bytes,
      onOutput: (chunk) => waveform.add(chunk),
      timeoutMs: convertMs,
      signal,
    }),
  )
  return waveform.bars
}

async function running(run: Promise<void>): Promise<void> {
  await run.catch((cause: unknown) => {
    throw cause instanceof FfmpegError ? damaged(cause) : cause
  })
}

function damaged(cause?: unknown): MediaError {
  return new MediaError('The audio is damaged, or has no sound. Use another one.', { cause })
}
