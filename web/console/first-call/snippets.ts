/** The first call of an instance or a pool in four languages, each ready to be run as it stands. */

interface FirstCallWish {
  /** Where the gateway is reached, without a slash at the end. */
  readonly url: string
  readonly id: string
  readonly token: string
  /** Undefined where calls need none. */
  readonly clientToken: string | undefined
  /** Digits, with the country. */
  readonly phone: string
  readonly message: string
}

export const snippetLanguages = ['curl', 'node', 'php', 'python'] as const
export type SnippetLanguage = (typeof snippetLanguages)[number]

export function snippetOf(language: SnippetLanguage, wish: FirstCallWish): string {
  return writers[language](wish)
}

const writers: Readonly<Record<SnippetLanguage, (wish: FirstCallWish) => string>> = {
  curl: (wish) => {
    const headers = Object.entries(headersOf(wish)).map(
      ([name, value]) => `  -H ${inShell(`${name}: ${value}`)} \\`,
    )
    return [
      `curl -sS -X POST ${inShell(urlOf(wish))} \\`,
      ...headers,
      `  -d ${inShell(JSON.stringify(bodyOf(wish)))}`,
    ].join('\n')
  },
  node: (wish) =>
    [
      '// first-call.mjs, with Node 18 or later',
      `const answer = await fetch(${quoted(urlOf(wish))}, {`,
      "  method: 'POST',",
      `  headers: {`,
      ...Object.entries(headersOf(wish)).map(
        ([name, value]) => `    ${quoted(name)}: ${quoted(value)},`,
      ),
      '  },',
      `  body: JSON.stringify({ phone: ${quoted(wish.phone)}, message: ${quoted(wish.message)} }),`,
      '})',
      'console.log(answer.status, await answer.text())',
    ].join('\n'),
  php: (wish) =>
    [
      '<?php // first-call.php',
      `$answer = file_get_contents(${quoted(urlOf(wish))}, false, stream_context_create(['http' => [`,
      "  'method' => 'POST',",
      "  'ignore_errors' => true,",
      `  'header' => [`,
      ...Object.entries(headersOf(wish)).map(
        ([name, value]) => `    ${quoted(`${name}: ${value}`)},`,
      ),
      '  ],',
      `  'content' => json_encode(['phone' => ${quoted(wish.phone)}, 'message' => ${quoted(wish.message)}]),`,
      ']]));',
      'echo $http_response_header[0], PHP_EOL, $answer, PHP_EOL;',
    ].join('\n'),
  python: (wish) =>
    [
      '# first_call.py, with Python 3',
      'import json',
      'import urllib.request',
      '',
      'call = urllib.request.Request(',
      `    ${quoted(urlOf(wish))},`,
      `    data=json.dumps({'phone': ${quoted(wish.phone)}, 'message': ${quoted(wish.message)}}).encode(),`,
      '    headers={',
      ...Object.entries(headersOf(wish)).map(
        ([name, value]) => `        ${quoted(name)}: ${quoted(value)},`,
      ),
      '    },',
      ')',
      'with urllib.request.urlopen(call) as answer:',
      '    print(answer.status, answer.read().decode())',
    ].join('\n'),
}

function urlOf({ url, id, token }: FirstCallWish): string {
  return `${url}/instances/${id}/token/${token}/send-text`
}

function headersOf({ clientToken }: FirstCallWish): Readonly<Record<string, string>> {
  return {
    ...(clientToken === undefined ? {} : { 'Client-Token': clientToken }),
    'Content-Type': 'application/json',
  }
}

function bodyOf({ phone, message }: FirstCallWish): object {
  return { phone, message }
}

/** One word for a POSIX shell. */
function inShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** The text in single quotes, read alike by JavaScript, PHP and Python. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/gu, String.raw`\$&`)}'`
}
