/** What the build gives: the text of a file, and the URL of a file that it makes. */

declare module '*?raw' {
  const text: string
  // oxlint-disable-next-line import/no-default-export
  export default text
}

declare module 'virtual:extension-zip' {
  const url: string
  // oxlint-disable-next-line import/no-default-export
  export default url
}

declare module '*.css'
