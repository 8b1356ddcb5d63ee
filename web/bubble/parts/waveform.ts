/** The heights of a voice note, as bars. */
export function waveformOf(heights: readonly number[]): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', `0 0 ${heights.length * 3} 24`)
  svg.setAttribute('class', 'bubble__waveform')
  svg.setAttribute('aria-hidden', 'true')
  heights.forEach((height, index) => {
    const bar = document.createElementNS(space, 'rect')
    const tall = Math.max(2, (Math.min(100, Math.max(0, height)) / 100) * 22)
    bar.setAttribute('x', String(index * 3))
    bar.setAttribute('y', String(12 - tall / 2))
    bar.setAttribute('width', '2')
    bar.setAttribute('height', String(tall))
    bar.setAttribute('rx', '1')
    svg.append(bar)
  })
  return svg
}
