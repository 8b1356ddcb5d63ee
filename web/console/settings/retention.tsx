/** How long one number keeps what WhatsApp tells. */

import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { texts, useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, type Values } from '../form.js'
import { Card } from '../parts.js'
import { useReadAgain } from '../reading.js'

const en = {
  title: 'How long data is kept',
  hint: 'In days. Empty fields take what the gateway says: RECADO_KEEP_MESSAGES_DAYS, RECADO_KEEP_MEDIA_LINKS_DAYS and RECADO_KEEP_DIRECTORY_DAYS, at the end of this page. A shorter time also counts for what is kept already, within ten minutes, except for messages that an earlier version kept. What it erases cannot be brought back.',
  keepMessagesDays: 'Messages, in days',
  keepMessagesDaysHint:
    '0: none is kept. Risk of a short time: older messages cannot be answered, edited, forwarded or deleted. Polls and events stay at least 90 days.',
  keepMediaLinksDays: 'Links to received files, in days',
  keepMediaLinksDaysHint: 'At least 1. Later the link of a callback answers 404.',
  keepDirectoryDays: 'Chats, contacts and groups, in days',
  keepDirectoryDaysHint:
    'Counted from their last change. 0: none is kept. Risk of a short time: WhatsApp tells most of them only once, after the linking.',
}

const pt: typeof en = {
  title: 'Por quanto tempo os dados são guardados',
  hint: 'Em dias. Campos vazios seguem o gateway: RECADO_KEEP_MESSAGES_DAYS, RECADO_KEEP_MEDIA_LINKS_DAYS e RECADO_KEEP_DIRECTORY_DAYS, no fim desta página. Um prazo menor vale também para o que já está guardado, em até dez minutos, exceto mensagens guardadas por uma versão anterior. O que ele apaga não volta.',
  keepMessagesDays: 'Mensagens, em dias',
  keepMessagesDaysHint:
    '0: nenhuma é guardada. Risco de um prazo curto: mensagens mais antigas não podem ser respondidas, editadas, encaminhadas nem apagadas. Enquetes e eventos ficam pelo menos 90 dias.',
  keepMediaLinksDays: 'Links de arquivos recebidos, em dias',
  keepMediaLinksDaysHint: 'No mínimo 1. Depois o link de um callback responde 404.',
  keepDirectoryDays: 'Conversas, contatos e grupos, em dias',
  keepDirectoryDaysHint:
    'Contados da última mudança. 0: nada é guardado. Risco de um prazo curto: o WhatsApp conta a maior parte só uma vez, depois da conexão.',
}

const retentionTexts = texts(en, pt)

const fields = [
  ['keepMessagesDays', 0, 365],
  ['keepMediaLinksDays', 1, 365],
  ['keepDirectoryDays', 0, 3_650],
] as const

interface RetentionProps {
  readonly instance: Pick<InstanceAnswer, 'id' | 'retention'>
}

export function RetentionCard({ instance: { id, retention } }: RetentionProps) {
  const { words: common, say } = useApp()
  const words = useTexts(retentionTexts)
  const readAgain = useReadAgain()
  const save = async (values: Values): Promise<undefined> => {
    const days = fields.map(([name]) => [name, daysIn(values.text(name))] as const)
    await ask('PUT', `instances/${id}/call/update-retention`, Object.fromEntries(days))
    await readAgain(`instances/${id}`)
    say(common.saved)
  }
  return (
    <Card title={words.title} least="operator">
      <p className="hint">{words.hint}</p>
      <Form submit={common.save} act={save}>
        {fields.map(([name, min, max]) => (
          <Field
            key={name}
            type="number"
            min={min}
            max={max}
            step={1}
            required={false}
            name={name}
            label={words[name]}
            hint={words[`${name}Hint`]}
            defaultValue={retention[name] ?? ''}
          />
        ))}
      </Form>
    </Card>
  )
}

/** Empty is what the gateway says. */
function daysIn(text: string): number | null {
  return text === '' ? null : Number(text)
}
