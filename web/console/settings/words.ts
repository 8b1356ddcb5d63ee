/** What the console says of the settings of a number: each with its default and its risk, in both languages. */

import { texts } from '../../shared/texts.js'

const en = {
  groups: {
    number: 'Number',
    sending: 'Sending',
    receiving: 'Receiving',
    callbacks: 'Callbacks',
    access: 'Access',
    connection: 'Connection',
    all: 'Every number',
    end: 'End',
  },
  contents: 'Groups of settings',

  name: 'Name',
  nameTitle: 'Name in this console',
  nameHint: 'For you and your colleagues. People in WhatsApp do not see it.',
  profile: 'Profile in WhatsApp',
  profileHint:
    'What people see of the number. It can be changed while the number is connected. A business name that WhatsApp has verified stays as it is.',
  profileName: 'Name in WhatsApp',
  profileNameHint: 'At most 25 characters.',
  profileAbout: 'About',
  profileAboutHint: 'At most 139 characters. Empty clears it.',
  profilePicture: 'New picture',
  profilePictureHint: 'JPEG or PNG, at most 5 MB. Its middle becomes a square.',
  profileAway: 'The number is not connected, so WhatsApp cannot be asked.',
  saveName: 'Save the name',
  saveAbout: 'Save the text',
  savePicture: 'Save the picture',
  choosePicture: 'Choose a picture first.',

  sending: 'How messages are sent',
  buttonForm: 'Messages with buttons and lists',
  buttonForms: {
    buttons: 'With buttons, as text if refused',
    text: 'Always as text',
    both: 'With buttons, then as text',
  },
  buttonFormHint:
    'Default: with buttons. As text if WhatsApp refuses them: options are numbered lines, in Portuguese. Risk: some clients do not show buttons; “then as text” sends two messages.',
  lateSends: 'Messages that would expire before their turn',
  lateSendsChoices: {
    refuse: 'Refuse with 429',
    accept: 'Accept, and tell their turn',
  },
  lateSendsHint:
    'Default: refuse, so that the caller sends them another way. Risk of accepting: a code may expire in the queue.',
  refuseWhileDisconnected: 'Accept nothing while disconnected, instead of queueing it',
  refuseWhileDisconnectedHint:
    'Default: off. Risk if on: every send gets 400 while the number is away, and is not sent later.',

  receiving: 'What this number does by itself',
  readMessages: 'Mark messages as read as soon as they arrive',
  readMessagesHint:
    'Default: off. Risk if on: senders see blue ticks before a person has read the message.',
  readStatuses: 'View statuses as soon as they are posted',
  readStatusesHint: 'Default: off. Risk if on: the number is listed among the viewers of each.',
  rejectCalls: 'Reject voice and video calls',
  rejectCallsHint: 'Default: off. Risk if on: calls do not ring on the phone any more.',
  rejectedCallText: 'Text for a caller who was rejected',
  rejectedCallTextHint:
    'Default: empty, nothing is sent. Goes through the queue and counts for the limits.',

  told: 'Which callbacks are sent',
  notifySentByMe: 'Send callbacks about messages that this number sent itself',
  notifySentByMeHint:
    'Default: off. Risk if on: a program that answers every callback answers itself.',
  tellCodes: 'Show codes in callbacks about own messages',
  tellCodesHint: 'Default: off. Risk if on: codes stand in the logs of your receiver.',
  mutedTopics: 'Never send these callbacks',
  mutedMessages: 'Never send callbacks about these messages',
  mutedHint: 'Default: none. What is ticked is not sent, and cannot be sent again later.',
  topics: {
    outcome: 'Message sent or failed',
    status: 'Status of a message (delivered, read)',
    received: 'Message received',
    connected: 'Connected',
    disconnected: 'Disconnected',
    presence: 'Typing and online',
  },
  messages: {
    'in-group': 'In groups',
    'in-private-chat': 'In private chats',
    text: 'Texts',
    image: 'Images',
    video: 'Videos',
    audio: 'Audio',
    document: 'Documents',
  },
  addresses: 'Where callbacks go',
  addressesHint: 'Default: empty, no callbacks are sent.',
  oneAddress: 'One address for everything',
  oneAddressHint: 'Fills in all of the fields below.',
  secret: 'Secret of callbacks',
  secretHint:
    'Your receiver checks the signature of each callback with it, in the way of Standard Webhooks. Risk: a program that knows it can send you false callbacks.',
  showSecret: 'Show the secret',
  secretOverlap: 'Sign with the old one too for',
  rotateSecret: 'Make a new secret',

  clientToken: 'Client-Token',
  clientTokenOptional: 'Take calls without Client-Token',
  clientTokenOptionalHint:
    'Default: off. For programs that send none. Risk if on: a person who has read the URL of this instance in a log or a history can send from it.',
  callers: 'Allowed addresses',
  callersLabel: 'Addresses and networks',
  callersHint:
    'Default: empty, every caller with the token may call. One address or network a line, such as 203.0.113.7 or 10.0.0.0/8. Risk: your own program gets 403 if its address is missing.',
  token: 'Token',
  tokenHint:
    'A new token lets you change it in your systems one by one: the old one counts for the time that you choose.',
  overlap: 'The old one counts for',
  overlaps: { 0: 'no longer', 3600: '1 hour', 86400: '1 day', 604800: '7 days' },
  rotate: 'Make a new token',
  previousUntil: (when: string) => `The old token counts until ${when}.`,
  previousSecretUntil: (when: string) => `The old secret signs too until ${when}.`,

  proxy: 'Proxy to WhatsApp',
  proxyHint:
    'Default: none, the connection is direct. It is tried before it is stored, and an open connection is opened again through it. Risk: after three failures in a row one connection is made without it.',
  proxyNow: 'Now',
  proxyNone: 'No proxy',
  proxyWithPassword: (url: string) => `${url}, with user and password`,
  proxyUrl: 'Address of the proxy',
  proxyUrlHint: 'socks5, http or https, such as socks5://user:password@proxy.example.com:1080.',
  saveProxy: 'Try and save',
  dropProxy: 'Connect without a proxy',
  dropProxyReally: 'The connection is closed and opened again from the address of this server.',
  dropProxyYes: 'Yes, without a proxy',

  all: 'Set for every number',
  allHint:
    'These are environment variables of the gateway. A change takes effect at its next start.',
  allSettings: {
    RECADO_PACING_MIN_MS: [
      'Shortest gap between two messages, in ms',
      'Short gaps look like a machine: WhatsApp restricts the number.',
    ],
    RECADO_PACING_MAX_MS: [
      'Longest gap, in ms',
      'Each gap is drawn between the two. Long gaps make the queue slow.',
    ],
    RECADO_CODES_PER_10_MINUTES: [
      'Codes for one phone in 10 minutes',
      '0 is no limit: a person can be flooded with codes.',
    ],
    RECADO_CODES_PER_DAY: [
      'Codes for one phone in 24 hours',
      '0 is no limit: a person can be flooded with codes.',
    ],
    RECADO_REQUESTS_PER_MINUTE: [
      'Calls a minute of one address',
      '0 is no limit: one program can slow down all others.',
    ],
    RECADO_KEEP_MESSAGES_DAYS: [
      'Days for which messages are kept',
      'Fewer days: older messages cannot be answered, edited or listed. More days: more personal data.',
    ],
    RECADO_KEEP_MEDIA_LINKS_DAYS: [
      'Days for which links to received files work',
      'WhatsApp deletes files after about 30 days.',
    ],
    RECADO_KEEP_DIRECTORY_DAYS: [
      'Days for which chats and contacts are kept',
      'WhatsApp tells most of them only once. Unset: as long as the number is linked.',
    ],
    RECADO_CLIENT_TOKEN_REQUIRED: [
      'Calls need the Client-Token',
      'Without it, the URL of an instance opens it.',
    ],
  },
  variable: 'Setting',
  value: 'Value',
  preset: 'Default',
  risk: 'Risk',
  on: 'on',
  off: 'off',
  unset: 'unset',
}

export type SettingsWords = typeof en

const pt: SettingsWords = {
  groups: {
    number: 'Número',
    sending: 'Envio',
    receiving: 'Recebimento',
    callbacks: 'Callbacks',
    access: 'Acesso',
    connection: 'Conexão',
    all: 'Todos os números',
    end: 'Encerrar',
  },
  contents: 'Grupos de ajustes',

  name: 'Nome',
  nameTitle: 'Nome neste console',
  nameHint: 'Para você e seus colegas. No WhatsApp ele não aparece.',
  profile: 'Perfil no WhatsApp',
  profileHint:
    'O que as pessoas veem do número. Pode ser alterado enquanto o número está conectado. Um nome comercial verificado pelo WhatsApp não muda.',
  profileName: 'Nome no WhatsApp',
  profileNameHint: 'No máximo 25 caracteres.',
  profileAbout: 'Recado',
  profileAboutHint: 'No máximo 139 caracteres. Vazio apaga.',
  profilePicture: 'Nova foto',
  profilePictureHint: 'JPEG ou PNG, no máximo 5 MB. O meio vira um quadrado.',
  profileAway: 'O número não está conectado, então não dá para perguntar ao WhatsApp.',
  saveName: 'Salvar o nome',
  saveAbout: 'Salvar o texto',
  savePicture: 'Salvar a foto',
  choosePicture: 'Escolha uma foto primeiro.',

  sending: 'Como as mensagens são enviadas',
  buttonForm: 'Mensagens com botões e listas',
  buttonForms: {
    buttons: 'Com botões, texto se recusados',
    text: 'Sempre como texto',
    both: 'Com botões, depois como texto',
  },
  buttonFormHint:
    'Padrão: com botões. Como texto se o WhatsApp os recusa: as opções são linhas numeradas, em português. Risco: alguns aplicativos não mostram botões; “depois como texto” envia duas mensagens.',
  lateSends: 'Mensagens que expirariam antes da sua vez',
  lateSendsChoices: {
    refuse: 'Recusar com 429',
    accept: 'Aceitar, e informar a vez',
  },
  lateSendsHint:
    'Padrão: recusar, para que o sistema as envie de outra forma. Risco de aceitar: um código pode expirar na fila.',
  refuseWhileDisconnected: 'Não aceitar nada enquanto desconectado, em vez de guardar na fila',
  refuseWhileDisconnectedHint:
    'Padrão: desligado. Risco se ligado: cada envio recebe 400 enquanto o número está fora, e não é enviado depois.',

  receiving: 'O que este número faz sozinho',
  readMessages: 'Marcar mensagens como lidas assim que chegam',
  readMessagesHint:
    'Padrão: desligado. Risco se ligado: quem escreve vê os tiques azuis antes de alguém ler.',
  readStatuses: 'Ver os status assim que são publicados',
  readStatusesHint: 'Padrão: desligado. Risco se ligado: o número aparece entre quem viu cada um.',
  rejectCalls: 'Recusar chamadas de voz e de vídeo',
  rejectCallsHint: 'Padrão: desligado. Risco se ligado: as chamadas não tocam mais no celular.',
  rejectedCallText: 'Texto para quem teve a chamada recusada',
  rejectedCallTextHint: 'Padrão: vazio, nada é enviado. Passa pela fila e conta nos limites.',

  told: 'Quais callbacks são enviados',
  notifySentByMe: 'Enviar callbacks sobre mensagens que este número mesmo enviou',
  notifySentByMeHint:
    'Padrão: desligado. Risco se ligado: um sistema que responde a cada callback responde a si mesmo.',
  tellCodes: 'Mostrar códigos nos callbacks sobre mensagens próprias',
  tellCodesHint: 'Padrão: desligado. Risco se ligado: códigos ficam nos logs do seu receptor.',
  mutedTopics: 'Nunca enviar estes callbacks',
  mutedMessages: 'Nunca enviar callbacks sobre estas mensagens',
  mutedHint: 'Padrão: nenhum. O que está marcado não é enviado, nem pode ser enviado depois.',
  topics: {
    outcome: 'Mensagem enviada ou com falha',
    status: 'Status de uma mensagem (entregue, lida)',
    received: 'Mensagem recebida',
    connected: 'Conectado',
    disconnected: 'Desconectado',
    presence: 'Digitando e online',
  },
  messages: {
    'in-group': 'Em grupos',
    'in-private-chat': 'Em conversas privadas',
    text: 'Textos',
    image: 'Imagens',
    video: 'Vídeos',
    audio: 'Áudio',
    document: 'Documentos',
  },
  addresses: 'Para onde vão os callbacks',
  addressesHint: 'Padrão: vazio, nenhum callback é enviado.',
  oneAddress: 'Um endereço para tudo',
  oneAddressHint: 'Preenche todos os campos abaixo.',
  secret: 'Segredo dos callbacks',
  secretHint:
    'Seu receptor confere com ele a assinatura de cada callback, como em Standard Webhooks. Risco: um programa que o conhece pode enviar callbacks falsos.',
  showSecret: 'Mostrar o segredo',
  secretOverlap: 'Assinar também com o antigo por',
  rotateSecret: 'Gerar um segredo novo',

  clientToken: 'Client-Token',
  clientTokenOptional: 'Aceitar chamadas sem Client-Token',
  clientTokenOptionalHint:
    'Padrão: desligado. Para programas que não o enviam. Risco se ligado: quem leu a URL desta instância em um log ou histórico poderá enviar por ela.',
  callers: 'Endereços permitidos',
  callersLabel: 'Endereços e redes',
  callersHint:
    'Padrão: vazio, qualquer um com o token pode chamar. Um endereço ou rede por linha, como 203.0.113.7 ou 10.0.0.0/8. Risco: seu próprio sistema recebe 403 se o endereço dele faltar.',
  token: 'Token',
  tokenHint:
    'Com um token novo você troca nos seus sistemas um por um: o antigo vale pelo tempo que você escolher.',
  overlap: 'O antigo vale por',
  overlaps: { 0: 'mais nada', 3600: '1 hora', 86400: '1 dia', 604800: '7 dias' },
  rotate: 'Gerar um token novo',
  previousUntil: (when) => `O token antigo vale até ${when}.`,
  previousSecretUntil: (when) => `O segredo antigo também assina até ${when}.`,

  proxy: 'Proxy para o WhatsApp',
  proxyHint:
    'Padrão: nenhum, a conexão é direta. É testado antes de ser guardado, e uma conexão aberta é reaberta por ele. Risco: após três falhas seguidas uma conexão é feita sem ele.',
  proxyNow: 'Agora',
  proxyNone: 'Sem proxy',
  proxyWithPassword: (url) => `${url}, com usuário e senha`,
  proxyUrl: 'Endereço do proxy',
  proxyUrlHint: 'socks5, http ou https, como socks5://usuario:senha@proxy.example.com:1080.',
  saveProxy: 'Testar e salvar',
  dropProxy: 'Conectar sem proxy',
  dropProxyReally: 'A conexão é fechada e reaberta a partir do endereço deste servidor.',
  dropProxyYes: 'Sim, sem proxy',

  all: 'Definido para todos os números',
  allHint: 'São variáveis de ambiente do gateway. Uma mudança vale a partir do próximo início.',
  allSettings: {
    RECADO_PACING_MIN_MS: [
      'Menor intervalo entre duas mensagens, em ms',
      'Intervalos curtos parecem uma máquina: o WhatsApp restringe o número.',
    ],
    RECADO_PACING_MAX_MS: [
      'Maior intervalo, em ms',
      'Cada intervalo é sorteado entre os dois. Intervalos longos deixam a fila lenta.',
    ],
    RECADO_CODES_PER_10_MINUTES: [
      'Códigos para um celular em 10 minutos',
      '0 é sem limite: uma pessoa pode receber códigos demais.',
    ],
    RECADO_CODES_PER_DAY: [
      'Códigos para um celular em 24 horas',
      '0 é sem limite: uma pessoa pode receber códigos demais.',
    ],
    RECADO_REQUESTS_PER_MINUTE: [
      'Chamadas por minuto de um endereço',
      '0 é sem limite: um sistema pode atrasar todos os outros.',
    ],
    RECADO_KEEP_MESSAGES_DAYS: [
      'Dias em que as mensagens são guardadas',
      'Menos dias: mensagens antigas não podem ser respondidas, editadas ou listadas. Mais dias: mais dados pessoais.',
    ],
    RECADO_KEEP_MEDIA_LINKS_DAYS: [
      'Dias em que os links de arquivos recebidos funcionam',
      'O WhatsApp apaga arquivos após cerca de 30 dias.',
    ],
    RECADO_KEEP_DIRECTORY_DAYS: [
      'Dias em que conversas e contatos são guardados',
      'O WhatsApp informa a maioria só uma vez. Sem valor: enquanto o número estiver vinculado.',
    ],
    RECADO_CLIENT_TOKEN_REQUIRED: [
      'As chamadas precisam do Client-Token',
      'Sem ele, a URL de uma instância abre a instância.',
    ],
  },
  variable: 'Ajuste',
  value: 'Valor',
  preset: 'Padrão',
  risk: 'Risco',
  on: 'ligado',
  off: 'desligado',
  unset: 'sem valor',
}

export const settingsTexts = texts(en, pt)
