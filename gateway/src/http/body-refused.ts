/** Why the body of a call was not taken. The message is for the caller. Nothing was done. */
export class BodyRefusedError extends Error {
  override readonly name = 'BodyRefusedError'
  readonly statusCode: 400 | 413 | 415 | 429 | 503
  /** Where sending the same again later helps. */
  readonly retryAfterSeconds: number | undefined

  constructor(statusCode: 400 | 413 | 415 | 429 | 503, text: string, retryAfterSeconds?: number) {
    super(text)
    this.statusCode = statusCode
    this.retryAfterSeconds = retryAfterSeconds
  }
}
