/** What a caller may say of a client and of a single call. */

export interface RecadoOptions {
  /** Where Recado listens, such as `https://recado.example.com`. */
  readonly url: string
  /** The instance's id. */
  readonly instance: string
  /** The instance's own token. */
  readonly token: string
  /** Of the whole gateway. Unset where the instance needs none. */
  readonly clientToken?: string
  /** How long one attempt may take, in milliseconds. 60,000 if unset. */
  readonly timeoutMs?: number
  /** Instead of the one of the platform. */
  readonly fetch?: typeof fetch
}

export interface CallOptions {
  /**
   * 1 to 255 printable ASCII characters that name this message: sent again under the same key, it is
   * accepted once. A random one if unset, so that the client can repeat what got no answer.
   */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}
