/** The routes of a phone that asks for a passkey: the switch, its screens, and the signature of a browser. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AsksForPasskey, PhonePath, ToSign } from './control-schemas.js'
import { viewPhone } from './control-views.js'
import type { PhoneFace } from './model.js'

type PhoneOf = (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace

export function addPasskeyRoutes(app: FastifyInstance, phoneOf: PhoneOf): void {
  const params = PhonePath
  app.put<{ Params: PhonePath; Body: AsksForPasskey }>(
    '/phones/:phone/passkey',
    { schema: { params, body: AsksForPasskey } },
    (request) => {
      const phone = phoneOf(request)
      phone.asksForPasskey = request.body.asksForPasskey
      return viewPhone(phone)
    },
  )
  // Stands for the browser on web.whatsapp.com: gives what `credential.toJSON()` would.
  app.post<{ Params: PhonePath; Body: ToSign }>(
    '/phones/:phone/passkey/sign',
    { schema: { params, body: ToSign } },
    (request) => phoneOf(request).signWithPasskey(request.body.challenge),
  )
  app.post<{ Params: PhonePath }>(
    '/phones/:phone/linking/confirm',
    { schema: { params } },
    (request) => {
      const phone = phoneOf(request)
      phone.confirmLinking()
      return viewPhone(phone)
    },
  )
  app.post<{ Params: PhonePath }>(
    '/phones/:phone/linking/cancel',
    { schema: { params } },
    (request) => {
      const phone = phoneOf(request)
      phone.cancelLinking()
      return viewPhone(phone)
    },
  )
}
