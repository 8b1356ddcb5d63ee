/** `https://web.whatsapp.com` without the network, and the passkey that a person's browser has for it. */

import type { BrowserContext, Page } from 'playwright-core'
import type { Phone } from '../../simulator/src/phone.js'

const origin = 'https://web.whatsapp.com'

/** As strict as a page can be: no call to anywhere, no inline style, no opener. */
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
}

export async function showWhatsAppWeb(context: BrowserContext): Promise<void> {
  await context.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers,
      body: '<!doctype html><html lang="en"><title>WhatsApp Web</title><h1>WhatsApp Web</h1>',
    }),
  )
}

/** The browser has the passkey of this phone's number; its owner confirms whatever it asks. */
export async function givePasskey(page: Page, { passkey }: Pick<Phone, 'passkey'>): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await session.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      rpId: 'whatsapp.com',
      credentialId: passkey.id.toString('base64'),
      privateKey: passkey.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      userHandle: passkey.userHandle.toString('base64'),
      isResidentCredential: true,
      signCount: 0,
    },
  })
}

/**
 * Runs a line as the console of the developer tools does. Without these tools open, what the line copies reaches no
 * clipboard: it is given here, once it is copied.
 */
export async function runInDevTools(
  page: Page,
  line: string,
): Promise<{ readonly copied: Promise<string> }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.enable')
  const copied = new Promise<string>((resolve) => {
    session.on('Runtime.inspectRequested', ({ object, hints }) => {
      if ('copyToClipboard' in hints) resolve(String(object.value))
    })
  })
  await session.send('Runtime.evaluate', {
    expression: line,
    includeCommandLineAPI: true,
    userGesture: true,
    replMode: true,
  })
  return { copied }
}
