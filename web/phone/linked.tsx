/**
 * Linked devices: those that read along, logging one out, and linking another by the text of
 * its QR code or by its pairing code. A QR in the address is linked at once.
 */

import type { LinkedDevice } from '../../simulator/src/model.js'
import { Icon } from '../bubble/icons.js'
import { useTexts } from '../shared/texts.js'
import { Bar } from './bar.js'
import { dayOf } from './days.js'
import { LinkForm } from './link-form.js'
import { LinkingCard } from './linking.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

export function LinkedScreen() {
  const words = useTexts(phoneTexts)
  const { state } = useView()
  const devices = state.linkedDevices
  return (
    <section className="screen">
      <Bar title={words.linkedDevices} />
      <div className="scroll page">
        <LinkingCard />
        <LinkForm />
        {devices.length > 0 && (
          <ul className="devices" aria-label={words.linkedDevices}>
            {devices.map((device) => (
              <Device key={device.device} device={device} />
            ))}
          </ul>
        )}
        {devices.length === 0 && state.connection === 'live' && (
          <p className="faint">{words.noDevices}</p>
        )}
      </div>
    </section>
  )
}

function Device({ device }: { readonly device: LinkedDevice }) {
  const words = useTexts(phoneTexts)
  const { now, settings } = useView()
  const { api, attempt, say } = useActions()
  const { connected, platform, linkedAt } = device
  const since = words.since(dayOf(linkedAt, now, settings, words).toLowerCase())
  const unlink = async (): Promise<void> => {
    if (await attempt(() => api.unlink(device.device))) say(words.unlinked)
  }
  return (
    <li className="device-row">
      <span className={connected ? 'device-row__icon device-row__icon--on' : 'device-row__icon'}>
        <Icon name="laptop" />
      </span>
      <span className="chat-row__name">{platform}</span>
      <span className="chat-row__text">
        {`${connected ? words.active : words.notConnected} · ${since}`}
      </span>
      <button
        className="text-button text-button--danger"
        type="button"
        aria-label={`${words.unlink}: ${platform}`}
        onClick={() => void unlink()}
      >
        {words.unlink}
      </button>
    </li>
  )
}
