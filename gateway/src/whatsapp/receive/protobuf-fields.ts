/** Walks over the fields of an encoded protobuf message without decoding what is in them. */

export interface Field {
  readonly number: number
  /** The whole field with its tag, as it stands in the message. */
  readonly raw: Uint8Array
  /** Of a field with a length: what is in it. */
  readonly bytes: Uint8Array | undefined
}

const [varint, fixed64, withLength, fixed32] = [0, 1, 2, 5]

/** Throws where the bytes are no such message. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0
  while (at < message.length) {
    const start = at
    const tag = readVarint(message, at)
    at = tag.end
    const type = tag.value % 8
    let bytes: Uint8Array | undefined
    if (type === varint) at = readVarint(message, at).end
    else if (type === fixed64) at += 8
    else if (type === fixed32) at += 4
    else if (type === withLength) {
      const length = readVarint(message, at)
      at = length.end + length.value
      bytes = message.subarray(length.end, at)
    } else throw new Error(`a protobuf message has no fields of type ${type}`)
    if (at > message.length) throw new Error('a protobuf message ends in the middle of a field')
    yield { number: Math.floor(tag.value / 8), raw: message.subarray(start, at), bytes }
  }
}

/** Beyond 2^53 its value is not exact; its end is. */
function readVarint(message: Uint8Array, from: number): { value: number; end: number } {
  let value = 0
  let factor = 1
  for (let at = from; at < message.length && at < from + 10; at += 1) {
    const byte = message[at] ?? 0
    value += (byte % 128) * factor
    if (byte < 128) return { value, end: at + 1 }
    factor *= 128
  }
  throw new Error('a protobuf message has a number without an end')
}
