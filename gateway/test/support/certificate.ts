/** A certificate without a trusted issuer, with its key. */

import { makeMediaCertificate } from '../../../simulator/src/media-certificate.js'

export function selfSignedCertificate(): ReturnType<typeof makeMediaCertificate> {
  return makeMediaCertificate()
}
