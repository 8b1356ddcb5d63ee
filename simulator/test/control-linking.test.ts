/** What the control API does with clients: links and unlinks them, and shows the image that they send. */

import { Agent } from 'node:https'
import { describe, expect } from 'vitest'
import type { MessageView } from '../src/control-answers.js'
import { type Lab, test } from './support/lab.js'

const ana = '5511999990001'
const bia = '5511999990002'

async function call(lab: Lab, method: string, path: string, body?: object): Promise<Response> {
  return fetch(lab.simulator.controlUrl + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
}

describe('a client', () => {
  test('is linked by its QR, listed, and unlinked', async ({ lab }) => {
    await lab.phone(ana)
    const unpaired = lab.client()
    const qr = await unpaired.until(() => unpaired.qr)
    const scanned = await call(lab, 'POST', `/phones/${ana}/scan`, { qr })
    expect(scanned.status).toBe(200)
    expect(await scanned.json()).toMatchObject({ device: 1, linkedAt: expect.any(Number) })

    await unpaired.untilClosed()
    const client = await lab.client(unpaired.store).untilSettled()
    const listed = await call(lab, 'GET', `/phones/${ana}/linked-devices`)
    expect(await listed.json()).toMatchObject([{ device: 1, connected: true }])

    expect((await call(lab, 'DELETE', `/phones/${ana}/linked-devices/1`)).status).toBe(204)
    expect(await client.untilClosed()).toBe(401)
    expect(await (await call(lab, 'GET', `/phones/${ana}/linked-devices`)).json()).toEqual([])
  })

  test('is unlinked with all the others when none is named', async ({ lab }) => {
    // The second is told that the first has gone, and is gone before it can say that it heard.
    lab.announce(/failed to ack notification/)
    const phone = await lab.phone(ana)
    const clients = [await lab.linked(phone), await lab.linked(phone)]
    expect((await call(lab, 'DELETE', `/phones/${ana}/linked-devices`)).status).toBe(204)
    expect(await Promise.all(clients.map((client) => client.untilClosed()))).toEqual([401, 401])
    expect(phone.linkedDevices()).toEqual([])
  })

  test.for(['as shown', 'with a dash, in small letters'])(
    'is linked by its code %s',
    async (form, { lab }) => {
      await lab.phone(ana)
      const unpaired = lab.client()
      await unpaired.until(() => unpaired.qr)
      const asked = new Promise((resolve) => lab.simulator.network.once('link-code', resolve))
      const shown = await unpaired.socket.requestPairingCode(ana)
      await asked
      const dashed = `${shown.slice(0, 4)}-${shown.slice(4)}`.toLowerCase()
      const code = form === 'as shown' ? shown : dashed
      expect((await call(lab, 'POST', `/phones/${ana}/link-code`, { code })).status).toBe(200)
      await unpaired.untilClosed()
      await lab.client(unpaired.store).untilSettled()
    },
  )
})

describe('an image', () => {
  const picture = {
    image: Buffer.from('a picture'),
    caption: 'Uma foto',
    jpegThumbnail: '',
    width: 1,
    height: 1,
  }

  async function sent(lab: Lab, mimetype: string) {
    const fetchAgent = new Agent({ ca: lab.simulator.caCertificate })
    const client = await lab.linked(await lab.phone(ana), { fetchAgent })
    const person = await lab.phone(bia)
    const message = await client.socket.sendMessage(`${person.lid}@lid`, { ...picture, mimetype })
    await person.untilMessage(({ id }) => id === message?.key.id)
    const response = await call(lab, 'GET', `/phones/${bia}/messages`)
    const views: MessageView[] = JSON.parse(await response.text())
    return { text: views[0]?.text, image: views[0]?.image }
  }

  test('is shown where the message says', async ({ lab }) => {
    const { text, image } = await sent(lab, 'image/jpeg')
    expect(text).toBe('Uma foto')
    expect(image).toEqual({ mimetype: 'image/jpeg', width: 1, height: 1, url: expect.any(String) })
    const response = await fetch(image?.url ?? '')
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture.image)
  })

  test('that calls itself a page is not served as one', async ({ lab }) => {
    const { image } = await sent(lab, 'text/html')
    const { headers } = await fetch(image?.url ?? '')
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('that could not be fetched has a reason instead of an address', async ({ lab }) => {
    lab.simulator.faults.set({ media: { download: 'expired' } })
    const { image } = await sent(lab, 'image/jpeg')
    expect(image).toEqual({
      mimetype: 'image/jpeg',
      width: 1,
      height: 1,
      failure: expect.stringContaining('410'),
    })
  })
})
