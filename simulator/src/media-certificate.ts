/** The certificate of the media host: an authority made for this run, and what it signs for loopback. */

import { generate } from 'selfsigned'

export interface MediaCertificate {
  /** PEM of the authority: what a client has to trust. Its key is forgotten. */
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const life = { algorithm: 'sha256', keyType: 'ec' } as const

export async function makeMediaCertificate(): Promise<MediaCertificate> {
  const authority = await generate([{ name: 'commonName', value: 'Recado simulator' }], {
    ...life,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const host = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...life,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  })
  return { ca: authority.cert, cert: host.cert, key: host.private }
}
