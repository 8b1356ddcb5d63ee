/** What the console says of the administrator's account, in both languages. */

const en = {
  title: 'Account',
  sessions: 'Where you are logged in',
  thisOne: 'this browser',
  since: 'Since',
  seen: 'Last seen',
  end: 'Log out there',
  endOthers: 'Log out everywhere else',
  ended: 'Logged out.',
  password: 'Password',
  now: 'Password now',
  next: 'New password',
  change: 'Change the password',
  changed: 'The password is changed. You are logged out everywhere else.',
  secondFactor: 'One-time codes',
  on: 'A login asks for a one-time code.',
  off: 'A login asks for the password alone. An authenticator app makes it much harder to get in.',
  codesLeft: (count: number) => `${count} recovery codes are left.`,
  start: 'Set up an authenticator app',
  scan: 'Scan this with the app, then type the code that it shows.',
  secret: 'Or type this secret into the app',
  confirm: 'Switch on',
  drop: 'Switch off',
  dropped: 'One-time codes are off.',
  recovery: 'Recovery codes',
  recoveryOnce:
    'Keep them where you do not keep the phone. Each lets you in once, and they are not shown again.',
  kept: 'I have kept them',
}

type AccountWords = typeof en

const pt: AccountWords = {
  title: 'Conta',
  sessions: 'Onde você está conectado',
  thisOne: 'este navegador',
  since: 'Desde',
  seen: 'Visto por último',
  end: 'Sair de lá',
  endOthers: 'Sair de todos os outros',
  ended: 'Saiu.',
  password: 'Senha',
  now: 'Senha atual',
  next: 'Senha nova',
  change: 'Trocar a senha',
  changed: 'A senha foi trocada. Você saiu de todos os outros lugares.',
  secondFactor: 'Códigos de uso único',
  on: 'Para entrar é preciso um código de uso único.',
  off: 'Para entrar basta a senha. Um aplicativo autenticador dificulta muito a entrada de outros.',
  codesLeft: (count) => `Restam ${count} códigos de recuperação.`,
  start: 'Configurar um aplicativo autenticador',
  scan: 'Leia com o aplicativo e digite o código que ele mostra.',
  secret: 'Ou digite este segredo no aplicativo',
  confirm: 'Ativar',
  drop: 'Desativar',
  dropped: 'Os códigos de uso único estão desativados.',
  recovery: 'Códigos de recuperação',
  recoveryOnce:
    'Guarde onde não guarda o celular. Cada um deixa você entrar uma vez, e eles não serão mostrados de novo.',
  kept: 'Já guardei',
}

export const accountWords = { en, pt }
