/** A certificate that nobody vouches for, with its key. */

import { makeMediaCertificate } from '../../../simulator/src/media-certificate.js'

export function selfSignedCertificate(): ReturnType<typeof makeMediaCertificate> {
  return makeMediaCertificate()
}
