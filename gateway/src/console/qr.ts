/** A QR code as one path, so that a page draws it in its own colours and needs no picture. */

import { create } from 'qrcode'
import type { QrAnswer } from './answer-shapes.js'

/** Readers want so many empty modules around it. */
const quietModules = 4

export function qrOf(text: string): QrAnswer {
  const { modules } = create(text, { errorCorrectionLevel: 'L' })
  const { size, data } = modules
  let path = ''
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const start = x
      while (x < size && data[y * size + x] === 1) x += 1
      if (x > start)
        path += `M${start + quietModules} ${y + quietModules}h${x - start}v1h-${x - start}z`
    }
  }
  return { text, size: size + 2 * quietModules, path }
}
