/** The gap between two messages of one number. */

import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { texts, useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, type Values } from '../form.js'
import { Card } from '../parts.js'
import { useReadAgain } from '../reading.js'

const en = {
  title: 'Gap between two messages',
  hint: 'Each gap is drawn between the two. Empty fields take what the gateway says: RECADO_PACING_MIN_MS and RECADO_PACING_MAX_MS, at the end of this page. Counts from the next message that leaves.',
  min: 'Shortest gap, in milliseconds',
  minHint:
    'Default: empty. Risk of a short gap: the number writes like a machine, and WhatsApp restricts it.',
  max: 'Longest gap, in milliseconds',
  maxHint:
    'Default: empty. Not less than the shortest gap. Risk of a long gap: codes wait in the queue and expire.',
}

const pt: typeof en = {
  title: 'Intervalo entre duas mensagens',
  hint: 'Cada intervalo é sorteado entre os dois valores. Campos vazios seguem o gateway: RECADO_PACING_MIN_MS e RECADO_PACING_MAX_MS, no fim desta página. Vale a partir da próxima mensagem que sair.',
  min: 'Menor intervalo, em milissegundos',
  minHint:
    'Padrão: vazio. Risco de um intervalo curto: o número escreve como uma máquina, e o WhatsApp o restringe.',
  max: 'Maior intervalo, em milissegundos',
  maxHint:
    'Padrão: vazio. Não menos que o menor intervalo. Risco de um intervalo longo: códigos esperam na fila e expiram.',
}

const pacingTexts = texts(en, pt)

interface PacingProps {
  readonly instance: Pick<InstanceAnswer, 'id' | 'pacing'>
}

export function Pacing({ instance: { id, pacing } }: PacingProps) {
  const { words: common, say } = useApp()
  const words = useTexts(pacingTexts)
  const readAgain = useReadAgain()
  const save = async (values: Values): Promise<undefined> => {
    await ask('PUT', `instances/${id}/call/update-pacing`, {
      minGapMs: msIn(values.text('minGapMs')),
      maxGapMs: msIn(values.text('maxGapMs')),
    })
    await readAgain(`instances/${id}`)
    say(common.saved)
  }
  const gap = { type: 'number', min: 0, max: 600_000, step: 1, required: false } as const
  return (
    <Card title={words.title} least="operator">
      <p className="hint">{words.hint}</p>
      <Form submit={common.save} act={save}>
        <div className="columns">
          <Field
            {...gap}
            name="minGapMs"
            label={words.min}
            hint={words.minHint}
            defaultValue={pacing.minGapMs ?? ''}
          />
          <Field
            {...gap}
            name="maxGapMs"
            label={words.max}
            hint={words.maxHint}
            defaultValue={pacing.maxGapMs ?? ''}
          />
        </div>
      </Form>
    </Card>
  )
}

/** Empty is what the gateway says. */
function msIn(text: string): number | null {
  return text === '' ? null : Number(text)
}
