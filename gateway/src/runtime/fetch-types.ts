/** What `guarded-fetch.ts` is asked and what it answers. */

export interface FetchOptions {
  /** `GET` without it. */
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** With 0, or for a method other than GET, a redirect is returned like any other answer. */
  readonly maxRedirects: number
  /** Counted after decompression. */
  readonly maxResponseBytes: number
  /** For the whole of it: look-up, every hop, and the body to its end, unless that is ignored. */
  readonly timeoutMs: number
  /**
   * The status and the headers are the answer, whatever is wrong with the body: its encoding, its
   * length, its end. Redirects are not followed then. A body of no more than `maxResponseBytes` is
   * read and dropped, so that the connection can be used again; any other costs the connection.
   */
  readonly ignoresBody?: boolean
  /** With `ignoresBody`: gives so many bytes of it in `body`, or what came of them within a quarter of a second. */
  readonly beginningBytes?: number
  /**
   * Takes the body of a success part by part, at most `maxResponseBytes` of it, in place of `body`.
   * The next part is read when it resolves; where it rejects, the request does.
   */
  readonly onChunk?: (chunk: Uint8Array) => Promise<void>
  readonly signal?: AbortSignal | undefined
}

export interface FetchedResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** At most `maxResponseBytes`. */
  readonly body: Buffer
  /** The body was longer, and the rest was not read. */
  readonly truncated: boolean
  /** It is a redirect that could not be followed although redirects are: why. */
  readonly unfollowed?: 'nowhere' | 'unreadable' | 'circle' | 'too-often'
}
