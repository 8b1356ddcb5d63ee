/** A Fastify that checks the body by the same schema and answers: a program of its own. */

import fastify from 'fastify'
import { ownKeywords } from '../gateway/src/http/own-keywords.js'
import { sendButtonOtp } from '../gateway/src/zapi/messages/send-button-otp.js'

const server = fastify({ ajv: { customOptions: { keywords: ownKeywords } } })
server.post(
  '/instances/:instanceId/token/:token/send-button-otp',
  { schema: { body: sendButtonOtp.schema.body } },
  async () => ({ zaapId: 'Z', messageId: 'M', id: 'M' }),
)
await server.listen({ port: 0, host: '127.0.0.1' })
const [address] = server.addresses()
process.send?.(typeof address === 'object' ? address.port : undefined)
