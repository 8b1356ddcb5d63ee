/** A ZIP file of a few small files, stored without compression. Format: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16. */

import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** ASCII, with `/` between folders. */
  readonly name: string
  readonly content: Buffer
}

const version = 20
/** 1980-01-01, the first day that the format knows: the same files give the same bytes. */
const date = 0x21

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const fields = fieldsOf(name, content)
    const file = Buffer.concat([signature(0x04034b50), fields, Buffer.from(name), content])
    // Version that made it; after the common fields: comment, disk, attributes, where the file begins.
    const made = Buffer.from([version, 0])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(signature(0x02014b50), made, fields, place, Buffer.from(name))
    files.push(file)
    offset += file.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, listed, signature(0x06054b50), end])
}

/** What the header of a file and its place in the directory have in common. */
function fieldsOf(name: string, content: Buffer): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(version, 0)
  fields.writeUInt16LE(date, 8)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
