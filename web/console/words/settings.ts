/** What the console says of an instance's settings, in both languages. */

const en = {
  name: 'Name',
  behaviour: 'Behaviour',
  notifySentByMe: 'Tell about messages that this number sent itself',
  refuseWhileDisconnected: 'Accept nothing while disconnected, instead of queueing it',
  buttonForm: 'Messages with buttons and lists',
  buttonForms: {
    buttons: 'With buttons; as text where WhatsApp refuses them',
    text: 'Always as text',
    both: 'With buttons, and the text after it',
  },
  buttonFormHint: 'As text, options are numbered lines, in Portuguese.',
  lateSends: 'Messages that would expire before their turn',
  lateSendsChoices: {
    refuse: 'Refuse with 429, so that the caller sends them another way',
    accept: 'Accept, and tell the caller when their turn is',
  },
  lateSendsHint: 'The queue shows when the turn of each message is.',
  tellCodes: 'Show codes in callbacks about own messages',
  clientTokenOptional: 'Take calls without Client-Token (a risk)',
  clientTokenOptionalHint:
    'For programs that send none. A person who has read the URL of this instance in a log or a history can then send from it.',
  clientTokenOff: 'Calls need no Client-Token',
  clientTokenOffHint:
    'A person who has read the URL of this instance can send from it. Require the Client-Token again once every program sends it: in the settings here, or for all instances with RECADO_CLIENT_TOKEN_REQUIRED=true.',
  addresses: 'Where callbacks go',
  addressesHint: 'Empty: no callbacks are sent.',
  oneAddress: 'One address for everything',
  oneAddressHint: 'Fills in all of the fields below.',
  callers: 'Allowed addresses',
  callersLabel: 'Addresses and networks',
  callersHint:
    'One address or network a line, such as 203.0.113.7 or 10.0.0.0/8. Empty: every caller with the token may call.',
  token: 'Token',
  tokenHint:
    'A new token lets you change it in your systems one by one: the old one counts for the time that you choose.',
  overlap: 'The old one counts for',
  overlaps: { 0: 'no longer', 3600: '1 hour', 86400: '1 day', 604800: '7 days' },
  rotate: 'Make a new token',
  previousUntil: (when: string) => `The old token counts until ${when}.`,
}

type SettingsWords = typeof en

const pt: SettingsWords = {
  name: 'Nome',
  behaviour: 'Comportamento',
  notifySentByMe: 'Avisar sobre mensagens que este número mesmo enviou',
  refuseWhileDisconnected: 'Não aceitar nada enquanto desconectado, em vez de guardar na fila',
  buttonForm: 'Mensagens com botões e listas',
  buttonForms: {
    buttons: 'Com botões; como texto onde o WhatsApp os recusa',
    text: 'Sempre como texto',
    both: 'Com botões, e o texto em seguida',
  },
  buttonFormHint: 'Como texto, as opções são linhas numeradas, em português.',
  lateSends: 'Mensagens que expirariam antes da sua vez',
  lateSendsChoices: {
    refuse: 'Recusar com 429, para que o sistema as envie de outra forma',
    accept: 'Aceitar, e informar quando é a vez delas',
  },
  lateSendsHint: 'A fila mostra quando é a vez de cada mensagem.',
  tellCodes: 'Mostrar códigos nos callbacks sobre mensagens próprias',
  clientTokenOptional: 'Aceitar chamadas sem Client-Token (um risco)',
  clientTokenOptionalHint:
    'Para programas que não o enviam. Quem leu a URL desta instância em um log ou histórico poderá enviar por ela.',
  clientTokenOff: 'As chamadas não precisam de Client-Token',
  clientTokenOffHint:
    'Quem leu a URL desta instância pode enviar por ela. Exija o Client-Token de novo quando todos os programas o enviarem: nos ajustes daqui, ou para todas as instâncias com RECADO_CLIENT_TOKEN_REQUIRED=true.',
  addresses: 'Para onde vão os callbacks',
  addressesHint: 'Vazio: ninguém é avisado.',
  oneAddress: 'Um endereço para tudo',
  oneAddressHint: 'Preenche todos os campos abaixo.',
  callers: 'Endereços permitidos',
  callersLabel: 'Endereços e redes',
  callersHint:
    'Um endereço ou rede por linha, como 203.0.113.7 ou 10.0.0.0/8. Vazio: qualquer um com o token pode chamar.',
  token: 'Token',
  tokenHint:
    'Com um token novo você troca nos seus sistemas um por um: o antigo vale pelo tempo que você escolher.',
  overlap: 'O antigo vale por',
  overlaps: { 0: 'mais nada', 3600: '1 hora', 86400: '1 dia', 604800: '7 dias' },
  rotate: 'Gerar um token novo',
  previousUntil: (when) => `O token antigo vale até ${when}.`,
}

export const settingsWords = { en, pt }
