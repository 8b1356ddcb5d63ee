import type { VideoContent } from '../../domain/content/video.js'
import type { ToWire } from './wire-message.js'

export const videoToWire: ToWire<VideoContent> = (content, { uploaded }) => {
  const { caption, shownAs, viewOnce } = content
  const video = {
    ...uploaded('video').videoMessage,
    ...(caption === '' ? {} : { caption }),
    ...(shownAs === 'gif' ? { gifPlayback: true } : {}),
    // Not in the wrapper that Baileys makes: the server drops what is in it.
    ...(viewOnce ? { viewOnce } : {}),
  }
  const message = shownAs === 'round-video' ? { ptvMessage: video } : { videoMessage: video }
  return { message, additionalNodes: [] }
}
