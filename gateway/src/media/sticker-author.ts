/**
 * Names the author of a sticker, as phones show it when the sticker is tapped.
 *
 * It stands in the file itself: JSON in a tag of its own (0x5741, "AW") within the EXIF chunk of the
 * WebP, as WhatsApp's own sticker makers write it.
 */

const headBytes = 12
const extendedBytes = 10
const hasExif = 0x08
const hasAlpha = 0x10
const side = 512

/** @param webp of 512 x 512 pixels, as sharp writes it */
export function withAuthor(webp: Buffer, author: string): Buffer {
  const chunks = webp.subarray(headBytes)
  const isExtended = chunks.toString('latin1', 0, 4) === 'VP8X'
  const head = isExtended ? Buffer.from(chunks.subarray(0, 8 + extendedBytes)) : extendedHead()
  head.writeUInt8(head.readUInt8(8) | hasExif, 8)
  const rest = isExtended ? chunks.subarray(8 + extendedBytes) : chunks
  const body = Buffer.concat([Buffer.from('WEBP'), head, rest, chunk('EXIF', exifOf(author))])
  return chunk('RIFF', body)
}

/** A simple file has none. Whether anything in it is transparent is not known, so it may be. */
function extendedHead(): Buffer {
  const content = Buffer.alloc(extendedBytes)
  content.writeUInt8(hasAlpha, 0)
  content.writeUIntLE(side - 1, 4, 3)
  content.writeUIntLE(side - 1, 7, 3)
  return chunk('VP8X', content)
}

/** One entry of type "undefined", right after the directory. */
function exifOf(author: string): Buffer {
  const json = Buffer.from(
    JSON.stringify({
      'sticker-pack-id': 'recado',
      'sticker-pack-name': '',
      'sticker-pack-publisher': author,
    }),
  )
  const directory = Buffer.from('49492a00080000000100415707000000000016000000', 'hex')
  directory.writeUInt32LE(json.length, 14)
  return Buffer.concat([directory, json])
}

/** Chunks begin at even places. */
function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}
