/** Everything that the console says, in the Portuguese of Brazil. */

import type { Words } from './words-en.js'
import { importWords } from './import/words.js'
import { sendWords } from './words/send.js'
import { codeTimeWords } from './words/code-times.js'
import { limitWords } from './words/limits.js'
import { poolWords } from './words/pools.js'
import { settingsWords } from './words/settings.js'
import { endingWords } from './words/ending.js'
import { auditWords } from './words/audit.js'
import { healthWords } from './words/health.js'
import { accountWords } from './words/account.js'
import { disabledWords } from './words/disabled.js'
import { passkeyWords } from './passkey/words.js'

export const pt: Words = {
  product: 'Recado',
  console: 'Console',
  loading: 'Carregando…',
  noAnswer: 'O gateway não responde. Tentaremos de novo sozinhos.',
  offline: 'No momento as mudanças não chegam sozinhas.',
  live: 'Ao vivo',
  notLive: 'Sem atualização',
  failed: 'Não deu certo.',
  brokenPage:
    'Não foi possível mostrar esta página. Recarregue; se continuar assim, relate com o endereço dela.',
  cancel: 'Cancelar',
  goBack: 'Voltar',
  close: 'Fechar',
  copy: 'Copiar',
  copied: 'Copiado.',
  copyFailed: 'O navegador não permitiu a cópia.',
  save: 'Salvar',
  saved: 'Salvo.',
  more: 'Mostrar mais',
  news: (count) => (count === 1 ? 'Mostrar 1 nova' : `Mostrar ${count} novas`),
  tidy: 'Mostrar como está agora',
  skip: 'Pular para o conteúdo',
  theme: 'Aparência',
  themes: { system: 'Sistema', light: 'Clara', dark: 'Escura' },
  nav: {
    instances: 'Instâncias',
    messages: 'Mensagens',
    trail: 'Registro',
    account: 'Conta',
    logOut: 'Sair',
  },

  setUp: {
    title: 'Criar o administrador',
    lead: 'Este console ainda não tem ninguém. O código de instalação aparece onde o programa foi iniciado: é mostrado a cada início até existir um administrador.',
    code: 'Código de instalação',
    name: 'Seu nome',
    password: 'Senha',
    passwordHint: 'Pelo menos 12 caracteres. Uma frase é boa.',
    again: 'Senha de novo',
    differ: 'As duas senhas são diferentes.',
    submit: 'Criar e entrar',
  },
  logIn: {
    title: 'Entrar',
    name: 'Nome',
    password: 'Senha',
    code: 'Código de uso único',
    codeHint: 'Do seu aplicativo autenticador, ou um código de recuperação.',
    submit: 'Entrar',
  },

  states: {
    idle: 'Não conectado',
    connecting: 'Conectando…',
    pairing: 'Esperando o aparelho',
    open: 'Conectado',
    waiting: 'Reconectando…',
    ended: 'Desconectado',
  },
  ends: {
    'logged-out': 'Desvinculado',
    'integrity-check': 'Verificação pedida',
    'backup-outdated': 'Desvinculado',
    'closed-by-us': 'Desvinculado',
    'pairing-timed-out': 'Não vinculado',
    replaced: 'Substituído',
    'restored-elsewhere': 'Substituído',
    banned: 'Bloqueado',
    suspended: 'Bloqueado',
  },
  stateHints: {
    idle: 'Nenhum aparelho está vinculado ainda. Vincule o do número que vai enviar:',
    connecting: 'O gateway está a caminho do WhatsApp.',
    pairing: 'Leia o código com o aparelho.',
    open: 'O aparelho está vinculado: mensagens vão e vêm.',
    waiting: 'A conexão caiu e volta a ser tentada sozinha.',
    ended: 'A conexão terminou e não volta sozinha.',
  },

  instances: {
    title: 'Instâncias',
    lead: 'Cada uma é um número de WhatsApp.',
    create: 'Nova instância',
    name: 'Nome',
    nameHint: 'Para você, como “Loja, códigos de acesso”.',
    submit: 'Criar',
    empty: 'Ainda não há instância. Crie a primeira e pareie o aparelho dela.',
    number: 'Número',
    state: 'Estado',
    waiting: 'Na fila',
    unpaired: 'sem número',
    outOfUse: 'Fora de uso',
    restricted: 'Restrito',
  },
  token: {
    title: 'O token da instância',
    once: 'Copie agora: não será mostrado de novo.',
    id: 'Id da instância',
    token: 'Token',
    done: 'Já copiei',
  },
  tabs: {
    overview: 'Visão geral',
    send: 'Enviar',
    messages: 'Mensagens',
    queue: 'Fila',
    callbacks: 'Callbacks',
    settings: 'Ajustes',
    health: 'Saúde',
  },
  unknownInstance: 'Essa instância não existe.',

  overview: {
    connection: 'Conexão',
    restriction: 'Restrição',
    unrestricted: 'nenhuma',
    restrictedUntil: (when) =>
      `O WhatsApp não deixa este número iniciar conversas novas até ${when}. Quem já escreveu antes continua recebendo.`,
    show: 'Mostrar o QR code',
    hide: 'Parar',
    scan: [
      'Abra o WhatsApp no aparelho.',
      'Toque em ⋮ ou Configurações, depois em Dispositivos conectados e em Conectar dispositivo.',
      'Aponte o aparelho para este código.',
    ],
    renews: 'O código se renova sozinho.',
    qrLabel: 'QR code para ler com o WhatsApp',
    scanVirtually: 'Ler com um celular virtual',
    asText: 'O código como texto',
    asTextHint: 'Para um celular virtual: copie e cole lá, em ⋮, Dispositivos conectados.',
    byCode: 'Sem câmera: com um código',
    phone: 'Número do aparelho',
    phoneHint: 'Com o país: +55 11 99999-9999',
    getCode: 'Obter um código',
    typeCode:
      'Digite no aparelho: Dispositivos conectados, Conectar dispositivo, Conectar com número de telefone.',
    otherCode: 'Para outro número',
    about: 'Sobre este número',
    sendCode: 'Enviar um código',
    disconnect: 'Desconectar o aparelho',
    disconnectReally:
      'O aparelho é desvinculado e precisa ser pareado de novo. O que está na fila fica.',
    disconnectYes: 'Sim, desconectar',
    created: 'Criada',
    id: 'Id da instância',
    waiting: 'Na fila',
    reconnect: 'Reconectar',
    restart: 'Reiniciar a conexão',
    reconnected: 'Conectado.',
    restarted: 'A conexão foi reiniciada.',
    notReconnected: 'Ainda não está conectado. O que se sabe está nesta página.',
    since: (when) => `Desde ${when}.`,
    endsAt: (when) => `Até ${when}.`,
    keepsTrying: 'O gateway continua tentando.',
    challenged: (when) =>
      `Em ${when} o WhatsApp pediu a este aparelho uma passkey ou um captcha. Um gateway não pode responder, e o WhatsApp pode encerrar o vínculo. Abra o WhatsApp no celular e responda ao que ele pedir.`,
    pairAnyway: 'Parear de novo mesmo assim',
    pairAnywayHint:
      'O gateway esquece o vínculo que tem. Se o número está bloqueado, parear de novo não desbloqueia. Se outro programa tomou o vínculo, basta reconectar.',
    forgetLink: 'Esquecer o vínculo e parear de novo',
    forgetLinkReally:
      'O vínculo é esquecido. Um celular precisa ler um QR novo. O que está na fila fica.',
    forgetLinkYes: 'Sim, esquecer',
  },

  passkey: passkeyWords.pt,

  import: importWords.pt,

  send: sendWords.pt,
  shownOn: {
    titles: { private: 'Onde o botão aparece', group: 'Onde o botão aparece num grupo' },
    kindTitles: { private: 'Onde aparece', group: 'Onde aparece em um grupo' },
    senders: { personal: 'Número pessoal', business: 'Número Business' },
    clients: { android: 'Android', ios: 'iPhone', web: 'Web', desktop: 'Desktop' },
    standings: {
      seen: 'Visto',
      likely: 'Provável',
      disputed: 'Contestado',
      unknown: 'Desconhecido',
    },
    hint: 'Segundo relatos públicos, com a data. O WhatsApp pode mudar a qualquer dia, e nenhum recibo avisa. Fontes: docs/button-status.md.',
    kindHint:
      'Segundo relatos públicos, com a data. O WhatsApp pode mudar a qualquer dia, e nenhum recibo avisa. Fontes: docs/kind-status.md.',
  },
  previewAuthor: 'Sua empresa',

  messages: {
    title: 'Mensagens',
    show: 'Mostrar',
    filters: { all: 'Todas', waiting: 'Esperando', arrived: 'Enviadas', failed: 'Não enviadas' },
    empty: 'Nenhuma mensagem ainda. Envie a primeira na aba Enviar, ou pela API.',
    emptyFilter: 'Não há nenhuma destas.',
    to: 'Para',
    status: 'Situação',
    accepted: 'Aceita',
    took: 'Levou',
    code: 'Código',
    asText: 'como texto',
    open: (to) => `Abrir a mensagem para ${to}`,
    id: 'Id da mensagem',
    whatsappId: 'Id no WhatsApp',
    expires: 'Expira',
    course: 'O que aconteceu',
    cause: 'Causa',
    cure: 'Solução',
  },
  statuses: {
    queued: 'Na fila',
    sending: 'Enviando',
    unknown: 'Sem confirmação',
    sent: 'Enviada',
    delivered: 'Entregue',
    read: 'Lida',
    played: 'Reproduzida',
    failed: 'Falhou',
    expired: 'Expirou',
    cancelled: 'Cancelada',
  },
  ticks: { sent: 'Um tique', delivered: 'Dois tiques', read: 'Dois tiques azuis' },
  steps: {
    accepted: 'Aceita',
    attempt: 'Tentativa',
    moved: 'Passada a outro número',
    sent: 'O WhatsApp recebeu',
    delivered: 'No aparelho',
    read: 'Lida',
    played: 'Reproduzida',
    failed: 'Falhou',
    expired: 'Expirou',
    cancelled: 'Cancelada',
  },
  moveCauses: {
    disconnected: 'o número dela estava desconectado',
    restricted: 'o número dela não pode iniciar conversas',
    refused: 'o WhatsApp recusou o número',
    unknown: 'o WhatsApp não confirmou',
    removed: 'o número dela saiu do pool',
    full: 'o número dela atingiu um limite',
    order: 'outro número já escreve para esta pessoa',
  },
  outcomes: {
    sending: 'em andamento',
    sent: 'recebida',
    refused: 'recusada',
    unknown: 'não confirmada',
    'not-sent': 'nada saiu',
    'too-late': 'tarde demais',
    'no-such-recipient': 'número sem WhatsApp',
    'recipient-unreachable': 'destinatário inacessível',
    'file-refused': 'arquivo recusado',
    'not-possible': 'não pode ser enviada',
  },

  queue: {
    title: 'Na fila',
    expected: 'Sua vez',
    empty: 'Nada espera.',
    emptyHint: 'As mensagens esperam aqui pela vez delas, ou até o número conectar.',
    count: (count) => (count === 1 ? '1 mensagem espera.' : `${count} mensagens esperam.`),
    cancel: 'Cancelar',
    cancelled: 'Cancelada.',
    cancelAll: 'Cancelar todas',
    cancelAllReally: 'Toda mensagem que ainda não saiu é cancelada e não será enviada.',
    cancelAllYes: 'Sim, cancelar todas',
    cancelledAll: (cancelled, kept) =>
      kept === 0 ? `${cancelled} canceladas.` : `${cancelled} canceladas, ${kept} a caminho.`,
  },

  disabledEndpoint: disabledWords.pt,
  kinds: {
    'message.sent': 'Mensagem enviada',
    'message.failed': 'Mensagem não enviada',
    'message.status-changed': 'Situação mudou',
    'message.received': 'Mensagem recebida',
    'call.changed': 'Chamada',
    'chat.presence-changed': 'Digitando e presença',
    'instance.connected': 'Conectou',
    'instance.disconnected': 'Desconectou',
    'instance.passkey-needed': 'Chave de acesso necessária',
    'instance.proxy-failed': 'Proxy falhou',
  },

  settings: settingsWords.pt,
  limits: limitWords.pt,
  codeTimes: codeTimeWords.pt,
  pools: poolWords.pt,

  ending: endingWords.pt,

  trail: auditWords.pt,

  health: healthWords.pt,

  account: accountWords.pt,
}
