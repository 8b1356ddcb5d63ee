/** Reads the examples out of a document: the `curl` calls with the answer that is promised for each, and single blocks. */

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

export interface Block {
  /** What follows the three backticks: `sh`, `json callback`. */
  readonly info: string
  readonly text: string
  /** What stands between the block before and this one. */
  readonly before: string
}

export interface CurlExample {
  readonly script: string
  readonly status: number
  /** The JSON that the document shows as the answer. */
  readonly answer: Readonly<Record<string, unknown>>
}

/** The fenced blocks of a document, in their order. `path` starts at the root of the repository. */
export async function blocksOf(path: string): Promise<readonly Block[]> {
  const document = await readFile(resolve(root, path), 'utf8')
  const fenced = document.matchAll(/(?<before>.*?)^```(?<info>.+?)\n(?<text>.*?)^```$/gmsu)
  return [...fenced].map(({ groups }) => ({
    info: groups?.['info'] ?? '',
    text: groups?.['text'] ?? '',
    before: groups?.['before'] ?? '',
  }))
}

/** Each `curl` of a document. What follows it is the promised answer; between them may stand a status, else it is 200. */
export async function curlExamplesOf(path: string): Promise<readonly CurlExample[]> {
  const blocks = await blocksOf(path)
  return blocks.flatMap(({ info, text }, index) => {
    if (info !== 'sh' || !/^curl /mu.test(text)) return []
    const answer = blocks[index + 1]
    if (answer?.info !== 'json') throw new Error(`${path} does not say what answers to: ${text}`)
    const status = /^\s*`(\d{3})`\s*$/u.exec(answer.before)?.[1] ?? '200'
    return [{ script: text, status: Number(status), answer: JSON.parse(answer.text) }]
  })
}
