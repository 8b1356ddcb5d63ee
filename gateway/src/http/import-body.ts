/**
 * The body of an import: one file a line, as JSON. `{"name":"creds.json","text":"{…}"}` for text,
 * `{"name":"store.db","base64":"…"}` for the rest, `{"name":"session-1.0.json"}` for a file that is only counted.
 *
 * It comes in lines so that no step of it holds the event loop for long. The limit is `body-limits.ts`'s, and is
 * looked at before a byte is read.
 */

import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ImportFile } from '../domain/session-import.js'
import { sizeInWords } from './body-limits.js'
import { BodyRefusedError } from './body-refused.js'

const importBodyType = 'application/x-ndjson'

const longestName = 300
const newline = 0x0a
/** As many bytes are parsed before others have a turn. */
const bytesAtOnce = 64 * 1_024

/** What `request.body` is then. */
class ReceivedFiles {
  readonly files: readonly ImportFile[]

  constructor(files: readonly ImportFile[]) {
    this.files = files
  }
}

/** Makes the routes of this plugin take such a body. */
export function acceptImports(app: FastifyInstance): void {
  app.addContentTypeParser(
    importBodyType,
    async (request: FastifyRequest, payload: Readable) =>
      new ReceivedFiles(await readFiles(request, payload)),
  )
}

/** The files of the body. Throws `BodyRefusedError` for a body of another type. */
export function filesOf({ body }: FastifyRequest): readonly ImportFile[] {
  if (body instanceof ReceivedFiles) return body.files
  throw new BodyRefusedError(415, `Send the files as ${importBodyType}, one a line.`)
}

async function readFiles(request: FastifyRequest, payload: Readable): Promise<ImportFile[]> {
  const { maxBytes, maxValues } = request.bodyLimit
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of payload) {
    size += chunk.length
    if (size > maxBytes)
      throw new BodyRefusedError(
        413,
        `The files are too large: at most ${sizeInWords(maxBytes)} together. The command "recado instance import" leaves out what is not needed.`,
      )
    if (request.headers['content-length'] === undefined) request.bodyMemory?.more(chunk.length)
    chunks.push(chunk)
  }
  const files: ImportFile[] = []
  let parsed = 0
  for (const line of linesOf(Buffer.concat(chunks))) {
    files.push(fileOf(line, files.length + 1))
    if (files.length > maxValues)
      throw new BodyRefusedError(413, `There are too many files: at most ${maxValues}.`)
    parsed += line.length
    if (parsed < bytesAtOnce) continue
    parsed = 0
    await new Promise((resolve) => setImmediate(resolve))
  }
  return files
}

function* linesOf(body: Buffer): Generator<Buffer> {
  for (let start = 0; start < body.length; ) {
    const end = body.indexOf(newline, start)
    const line = body.subarray(start, end === -1 ? body.length : end)
    if (line.length > 0) yield line
    start = end === -1 ? body.length : end + 1
  }
}

function fileOf(line: Buffer, number: number): ImportFile {
  let value: unknown
  try {
    value = JSON.parse(line.toString('utf8'))
  } catch {
    throw new BodyRefusedError(400, `Line ${number} is not JSON: send one file a line.`)
  }
  const { name, text, base64 } = Object(value)
  if (typeof name !== 'string' || name === '' || name.length > longestName)
    throw new BodyRefusedError(
      400,
      `Line ${number}: name must be text of 1 to ${longestName} characters.`,
    )
  if (typeof text === 'string') return { name, bytes: Buffer.from(text) }
  if (typeof base64 === 'string') return { name, bytes: Buffer.from(base64, 'base64') }
  if (text !== undefined || base64 !== undefined)
    throw new BodyRefusedError(400, `Line ${number}: text and base64 must be text.`)
  return { name, bytes: undefined }
}
