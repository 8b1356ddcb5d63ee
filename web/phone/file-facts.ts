/** A file as the simulator takes it, with what the browser knows of it: size, length, loudness. */

interface SentFile {
  readonly data: string
  readonly mimetype?: string
  readonly fileName?: string
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  readonly waveform?: readonly number[]
}

/** WhatsApp draws so many bars. */
const BARS = 64

export async function fileFacts(kind: string, file: File): Promise<SentFile> {
  const data = base64Of(await file.arrayBuffer())
  const type = kind === 'voice' ? 'audio/ogg; codecs=opus' : file.type
  return {
    data,
    ...(type === '' ? {} : { mimetype: type }),
    ...(kind === 'document' ? { fileName: file.name } : {}),
    ...(kind === 'image' ? await sizeOf(file) : {}),
    ...(kind === 'voice' || kind === 'audio' ? await soundOf(file, kind === 'voice') : {}),
  }
}

function base64Of(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  let text = ''
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  }
  return btoa(text)
}

async function sizeOf(file: File): Promise<{ width?: number; height?: number }> {
  try {
    const { width, height } = await createImageBitmap(file)
    return { width, height }
  } catch {
    // It is sent as it is: the other side sees a broken picture, as it would.
    return {}
  }
}

async function soundOf(
  file: File,
  withWaveform: boolean,
): Promise<{ seconds?: number; waveform?: readonly number[] }> {
  const context = new AudioContext()
  try {
    const sound = await context.decodeAudioData(await file.arrayBuffer())
    const seconds = Math.max(1, Math.round(sound.duration))
    return withWaveform ? { seconds, waveform: barsOf(sound.getChannelData(0)) } : { seconds }
  } catch {
    return {}
  } finally {
    await context.close()
  }
}

function barsOf(samples: Float32Array): readonly number[] {
  const width = Math.max(1, Math.floor(samples.length / BARS))
  const loudness = Array.from({ length: BARS }, (_, bar) => {
    const part = samples.subarray(bar * width, (bar + 1) * width)
    return Math.sqrt(part.reduce((sum, each) => sum + each * each, 0) / Math.max(1, part.length))
  })
  const loudest = Math.max(...loudness, 1e-6)
  return loudness.map((each) => Math.round((each / loudest) * 100))
}
