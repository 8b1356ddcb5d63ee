/**
 * What went wrong on the way to a server. Node, undici and OpenSSL wrap each other's errors, so the
 * innermost code decides. Their messages may quote URLs and passwords and are never passed on.
 */

export type NetworkFailure =
  /** The host name was not found, or the resolver did not answer. */
  | 'name'
  /** No route, or nothing listens there. */
  | 'connect'
  | 'timeout'
  /** The certificate was not accepted, or the other end does not speak TLS. */
  | 'tls'
  /** The connection was closed before the answer was complete. */
  | 'cut'
  /** The content is not in the encoding that `content-encoding` names. */
  | 'encoding'
  /** A port that `fetch` never calls, such as that of a mail server. */
  | 'port'
  /** The answer is not HTTP. */
  | 'not-http'
  | 'unknown'

const patterns: readonly (readonly [NetworkFailure, RegExp])[] = [
  ['name', /^(?:ENOTFOUND|ENODATA|EAI_)/u],
  ['timeout', /TIMEOUT|ETIMEDOUT|TimeoutError/u],
  ['tls', /CERT|SSL|TLS|SELF_SIGNED|ISSUER|ALTNAME|EPROTO/u],
  ['connect', /^(?:ECONNREFUSED|E(?:NET|HOST)(?:UNREACH|DOWN)|EADDRNOTAVAIL|EACCES|EPERM)/u],
  // An end before the last byte is zlib's Z_BUF_ERROR, and undici's for a length that is not kept.
  ['cut', /^(?:ECONNRESET|ECONNABORTED|EPIPE|Z_BUF_ERROR|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LEN)/u],
  ['cut', /PREMATURE_CLOSE/u],
  ['encoding', /^(?:Z_|ERR_+BROTLI|ERR__|ZSTD)/u],
  ['not-http', /^(?:HPE_|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)/u],
  ['port', /^BAD_PORT$/u],
]

export function networkFailureOf(error: unknown): NetworkFailure {
  const code = innermostCode(error)
  return patterns.find(([, pattern]) => pattern.test(code))?.[0] ?? 'unknown'
}

/** `ECONNREFUSED`, say; else the name of the innermost error. */
export function innermostCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof AggregateError && error.errors.length > 0)
    return innermostCode(error.errors[0])
  if (error.cause instanceof Error) return innermostCode(error.cause)
  // The fetch standard's list of ports; its error has no code.
  if (error.message === 'bad port') return 'BAD_PORT'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
