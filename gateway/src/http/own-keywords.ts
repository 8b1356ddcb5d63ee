/**
 * What our schemas have beside JSON Schema. It checks nothing, and a validator refuses keywords that it does not know.
 *
 * `x-file` tells forms which files an attribute takes, as a URL or base64 (`accept` of HTML).
 */
export const ownKeywords: string[] = ['x-file']
