import type { AudioContent } from '../../domain/content/audio.js'
import type { ToWire } from './wire-message.js'

export const audioToWire: ToWire<AudioContent> = ({ viewOnce }, { uploaded, prepared }) => {
  const { isVoice, waveform } = prepared('audio')
  const audio = {
    ...uploaded('audio').audioMessage,
    ptt: isVoice ?? false,
    ...(waveform === undefined ? {} : { waveform }),
    // Not in the wrapper that Baileys makes: the server drops what is in it.
    ...(viewOnce ? { viewOnce } : {}),
  }
  return { message: { audioMessage: audio }, additionalNodes: [] }
}
