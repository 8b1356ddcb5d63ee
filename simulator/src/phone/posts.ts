/** What a person writes or attaches, as Baileys' words for it. */

import type { AnyMessageContent } from 'baileys'
import type { FilePost, Post } from '../person-acts.js'

/** The small picture is left out: Baileys would need a library for it, and the phones draw the file itself. */
const withoutThumbnail = { jpegThumbnail: '' } as const

export function contentOfPost(post: Post): AnyMessageContent {
  if (post.text !== undefined) return { text: post.text, linkPreview: null }
  if (post.location !== undefined) return { location: locationOf(post.location) }
  if (post.contacts !== undefined) return { contacts: contactsOf(post.contacts) }
  if (post.poll !== undefined) {
    const { question, options, selectable = 0 } = post.poll
    return { poll: { name: question, values: [...options], selectableCount: selectable } }
  }
  if (post.event !== undefined) {
    const { name, startsAt, description, place } = post.event
    return {
      event: {
        name,
        startDate: new Date(startsAt),
        ...(description === undefined ? {} : { description }),
        ...(place === undefined ? {} : { location: { name: place } }),
      },
    }
  }
  return fileOf(post)
}

function fileOf(post: Post): AnyMessageContent {
  const { image, video, gif, roundVideo, voice, audio, document, sticker } = post
  if (image) return { image: image.data, ...withoutThumbnail, ...about(image) }
  if (video) return { video: video.data, ...withoutThumbnail, ...about(video) }
  if (gif) return { video: gif.data, gifPlayback: true, ...withoutThumbnail, ...about(gif) }
  if (roundVideo) {
    return { video: roundVideo.data, ptv: true, ...withoutThumbnail, ...about(roundVideo) }
  }
  if (voice) return { audio: voice.data, ptt: true, seconds: 1, ...about(voice) }
  if (audio) return { audio: audio.data, seconds: 1, ...about(audio) }
  if (sticker) return { sticker: sticker.data, width: 512, height: 512, ...about(sticker) }
  if (document) {
    const { mimetype = 'application/octet-stream', fileName = 'file' } = document
    return { document: document.data, ...about(document), mimetype, fileName }
  }
  throw new Error('nothing to send')
}

function about({ data: _data, waveform, ...rest }: FilePost) {
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return waveform === undefined ? said : { ...said, waveform: Uint8Array.from(waveform) }
}

function locationOf({ latitude, longitude, name, address }: NonNullable<Post['location']>) {
  return {
    degreesLatitude: latitude,
    degreesLongitude: longitude,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  }
}

function contactsOf(contacts: NonNullable<Post['contacts']>) {
  return {
    displayName: contacts.length === 1 ? (contacts[0]?.name ?? '') : `${contacts.length}`,
    contacts: contacts.map(({ name, phone }) => ({
      displayName: name,
      vcard: [
        'BEGIN:VCARD',
        'VERSION:3.0',
        `FN:${name.replace(/[\\,;]/gu, (mark) => `\\${mark}`)}`,
        `TEL;type=CELL;waid=${phone}:+${phone}`,
        'END:VCARD',
      ].join('\n'),
    })),
  }
}
