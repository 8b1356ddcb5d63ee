/** The last calls that were refused: whose, why, and what helps. */

import type { RefusedCallsAnswer } from '../../gateway/src/console/call-answers.js'
import { texts, useTexts } from '../shared/texts.js'
import { type App, useApp } from './app.js'
import { causeText, portugueseOf } from './cause-text.js'
import { InstanceFilter, useChosenInstance, useInstanceNames } from './instance-filter.js'
import { momentText, withLocalMoments } from './moments.js'
import { Page } from './page.js'
import { PagedList } from './paged-list.js'
import { Link } from './parts.js'
import type { Row } from './table.js'

type Refused = RefusedCallsAnswer['calls'][number]

const en = {
  title: 'Refused calls',
  lead: 'The last calls of programs that were answered 4xx, the newest first. Their bodies are not kept.',
  empty: 'No call was refused.',
  call: 'Call',
  cause: 'Cause and fix',
  at: 'When',
  from: 'From',
  noInstance: 'No instance',
  stranger: 'without its token',
  request: (id: string) => `Request id: ${id}`,
  unknown: 'An unknown path',
  kinds: {
    'client-token': 'Wrong Client-Token',
    instance: 'Unknown instance',
    partner: 'Wrong partner token',
    key: 'The API key does not open it',
    address: 'Address not allowed',
    restricted: 'Restricted by WhatsApp',
    agent: 'Agent not allowed',
    path: 'Unknown path or method',
    connection: 'Not connected',
    rate: 'Too many calls',
    size: 'Too large',
    body: 'Wrong attribute',
    known: 'Not there, or over',
  },
  cures: {
    'client-token': 'Send the header Client-Token of this gateway.',
    instance: 'Check the id and the token of the instance in the path.',
    partner: 'Send Authorization: Bearer with the partner token.',
    key: "Use a key that opens this call, as the cause says, or the instance's own token.",
    address: 'Call from an allowed address, or allow this one in the settings.',
    restricted: 'Let the recipient write first, or wait as the header Retry-After says.',
    agent: 'Correct what the cause names: the token or the host name of MCP.',
    path: 'Check the path and the method.',
    connection: 'Connect the number: its page says why it is away.',
    rate: 'Send fewer calls at once, and wait as the header Retry-After says.',
    size: 'Send less.',
    body: 'Correct the attribute that the cause names, and send JSON.',
    known: 'Look at what the cause names: it is not there, or is over already.',
  },
}

const pt: typeof en = {
  title: 'Chamadas recusadas',
  lead: 'As últimas chamadas de programas que receberam 4xx, as mais novas primeiro. Os corpos não ficam guardados.',
  empty: 'Nenhuma chamada foi recusada.',
  call: 'Chamada',
  cause: 'Causa e solução',
  at: 'Quando',
  from: 'De',
  noInstance: 'Nenhuma instância',
  stranger: 'sem o token dela',
  request: (id) => `Id da requisição: ${id}`,
  unknown: 'Um caminho desconhecido',
  kinds: {
    'client-token': 'Client-Token incorreto',
    instance: 'Instância desconhecida',
    partner: 'Token de parceiro incorreto',
    key: 'A chave de API não a abre',
    address: 'Endereço não permitido',
    restricted: 'Restrito pelo WhatsApp',
    agent: 'Agente não permitido',
    path: 'Caminho ou método desconhecido',
    connection: 'Não conectado',
    rate: 'Chamadas demais',
    size: 'Grande demais',
    body: 'Atributo incorreto',
    known: 'Não existe, ou já terminou',
  },
  cures: {
    'client-token': 'Envie o cabeçalho Client-Token deste gateway.',
    instance: 'Confira o id e o token da instância no caminho.',
    partner: 'Envie Authorization: Bearer com o token de parceiro.',
    key: 'Use uma chave que abra esta chamada, como a causa diz, ou o token da própria instância.',
    address: 'Chame de um endereço permitido, ou permita este nos ajustes.',
    restricted: 'Deixe o destinatário escrever antes, ou espere o que o cabeçalho Retry-After diz.',
    agent: 'Corrija o que a causa cita: o token ou o nome do host do MCP.',
    path: 'Confira o caminho e o método.',
    connection: 'Conecte o número: a página dele diz por que está fora.',
    rate: 'Envie menos chamadas de uma vez e espere o que o cabeçalho Retry-After diz.',
    size: 'Envie menos.',
    body: 'Corrija o atributo que a causa cita e envie JSON.',
    known: 'Veja o que a causa cita: não existe, ou já terminou.',
  },
}

const refusedTexts = texts(en, pt)

const refusedPath = 'call/instances/integrator/refused-calls'

export function RefusedPage() {
  const app = useApp()
  const words = useTexts(refusedTexts)
  const chosen = useChosenInstance()
  const names = useInstanceNames()
  return (
    <Page title={words.title} lead={<p className="lead">{words.lead}</p>}>
      <section className="card">
        <InstanceFilter />
        <PagedList<RefusedCallsAnswer, Refused>
          key={chosen}
          path={`${refusedPath}${chosen === '' ? '' : `?instanceId=${chosen}`}`}
          everyMs={5_000}
          itemsOf={(page) => page.calls}
          keyOf={({ requestId }) => requestId}
          caption={words.title}
          columns={[
            { heading: words.call, class: 'column-marks' },
            { heading: words.cause },
            { heading: words.at, class: 'column-moment' },
            { heading: words.from, class: 'column-address' },
          ]}
          rowOf={(call) => rowOf(app, words, names, call)}
          empty={words.empty}
        />
      </section>
    </Page>
  )
}

function rowOf(
  app: App,
  words: typeof en,
  names: ReadonlyMap<string, string>,
  call: Refused,
): Omit<Row, 'key'> {
  const { instanceId, identified, method, path, status, cause, reason, requestId } = call
  return {
    cells: [
      {
        class: 'wraps whole',
        content: (
          <>
            <code>
              {status} {method} {path === 'unknown' ? words.unknown : nameOf(path)}
            </code>
            <span className="faint small-text below">
              {instanceId === null ? words.noInstance : <Whose id={instanceId} names={names} />}
              {instanceId !== null && !identified && ` (${words.stranger})`}
            </span>
          </>
        ),
      },
      {
        class: 'wraps whole',
        content: (
          <>
            <Cause cause={cause} kind={words.kinds[reason]} />
            <strong className="below">{words.cures[reason]}</strong>
            <span className="faint small-text below">{words.request(requestId)}</span>
          </>
        ),
      },
      { class: 'number', content: momentText(app, call.at) },
      { class: 'number', content: call.address },
    ],
  }
}

interface CauseProps {
  readonly cause: string
  readonly kind: string
}

/** What the program was told. Without a Portuguese text, its kind and the text itself. */
function Cause({ cause, kind }: CauseProps) {
  const app = useApp()
  const isKnown = app.language === 'en' || portugueseOf(cause) !== undefined
  if (isKnown) return causeText(app, cause)
  return (
    <>
      {kind}
      <span className="faint small-text below" lang="en">
        {withLocalMoments(app, cause)}
      </span>
    </>
  )
}

interface WhoseProps {
  readonly id: string
  readonly names: ReadonlyMap<string, string>
}

/** By its name; a program may also name an instance that does not exist. */
function Whose({ id, names }: WhoseProps) {
  const name = names.get(id)
  if (name === undefined) return id
  return <Link to={{ page: 'instance', id, tab: 'overview', item: undefined }}>{name}</Link>
}

/** What programs call it: the path below the instance. */
function nameOf(path: string): string {
  return path.replace('/instances/:instanceId/token/:token', '')
}
