/** The passkey step on the page of an instance, in place of its QR code. */

import { useQuery } from '@tanstack/react-query'
import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import type {
  MadeLinkAnswer,
  PasskeyAnswerView,
} from '../../../gateway/src/console/passkey-answers.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Copyable, Problem, Skeleton } from '../parts.js'
import { useAct, useReadAgain } from '../reading.js'
import { linkElsewhere, linkHere } from './link-in-address.js'
import type { StepUnderWay } from './standing.js'
import { PasskeySteps } from './steps.js'

interface PairingStepProps {
  readonly instance: Pick<InstanceAnswer, 'id' | 'name'>
  readonly step: StepUnderWay
  readonly passkey: PasskeyAnswerView
  /** The pairing was dropped, and another begins or not. */
  readonly dropped: (beginsAgain: boolean) => void
}

export function PairingStep({ instance: { id, name }, step, passkey, dropped }: PairingStepProps) {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const path = `instances/${id}/passkey`
  const { link, refusal } = useLink(path, passkey)
  const tell = async (what: 'answer' | 'code', said: object): Promise<void> => {
    await ask('POST', `${path}/${what}`, said)
    await readAgain(path)
  }
  const drop = useAct(async (beginsAgain: boolean) => {
    await ask('POST', beginsAgain ? `${path}/restart` : `instances/${id}/disconnect`)
    dropped(beginsAgain)
    await readAgain('instances')
  })
  // The steps need it, and would push aside what stands below them.
  if (step === 'passkey' && link === undefined)
    return refusal === undefined ? <Skeleton rows={9} /> : <Problem refusal={refusal} />
  return (
    <PasskeySteps
      step={step}
      passkey={passkey}
      instanceName={name}
      link={link === undefined ? undefined : linkHere(link.slice(link.indexOf('#') + 1))}
      send={(answer) => tell('answer', { answer })}
      compare={(same) => tell('code', { same })}
    >
      {step === 'passkey' && link !== undefined && (
        <details>
          <summary>{words.passkey.forAnother}</summary>
          <p className="hint">{words.passkey.forAnotherHint}</p>
          <Copyable text={linkElsewhere(link)} label={words.passkey.link} />
        </details>
      )}
      <div className="actions">
        <button type="button" disabled={drop.isPending} onClick={() => drop.mutate(true)}>
          {words.passkey.startAgain}
        </button>
        <button type="button" disabled={drop.isPending} onClick={() => drop.mutate(false)}>
          {words.cancel}
        </button>
      </div>
    </PasskeySteps>
  )
}

/** One link for each challenge: by it WhatsApp Web comes back. */
function useLink(path: string, { options }: PasskeyAnswerView) {
  const challenge = options && 'challenge' in options ? String(options.challenge) : ''
  const { data, error } = useQuery({
    // Not below `path`: to read that again makes no other link.
    queryKey: ['passkey-link', path, challenge],
    queryFn: () => ask<MadeLinkAnswer>('POST', `${path}/link`),
    enabled: challenge !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return { link: data?.url, refusal: error ?? undefined }
}
