import type { FileSource } from './files.js'
import type { Traits } from './traits.js'

/** A voice message where it can be one, else a file with sound. */
export interface AudioContent {
  readonly kind: 'audio'
  readonly audio: FileSource
  /** Whether its waveform is drawn. */
  readonly waveform: boolean
  readonly viewOnce: boolean
}

export const audioTraits: Traits<AudioContent> = {
  isForNewsletters: ({ viewOnce }) => !viewOnce,
  text: () => 'audio',
  presence: 'recording',
  files: ({ audio: source, waveform: wantsWaveform }) => [
    { role: 'audio', use: 'audio', source, wantsWaveform },
  ],
  asReceived: ({ viewOnce }) => ({
    kind: 'audio',
    isVoice: true,
    seconds: 0,
    viewOnce,
    mimeType: 'audio/ogg; codecs=opus',
  }),
}
