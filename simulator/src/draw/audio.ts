import { kind } from './kind.js'
import { mediaPart } from './media.js'

export const audio = kind('audioMessage', (message, pen) => {
  const form = message.ptt ? 'voice' : 'audio'
  const part = mediaPart(form, 'audio', message, pen)
  const waveform = message.waveform?.length ? [...message.waveform] : undefined
  return { kind: form, parts: [waveform ? { ...part, waveform } : part] }
})
