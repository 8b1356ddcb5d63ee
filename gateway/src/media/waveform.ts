/** The waveform that phones draw beside a voice message: 64 bars from 0 to 100. */

const barCount = 64
/** At 8,000 a second: a twentieth of one. */
const samplesPerStep = 400

export class Waveform {
  readonly #steps: number[] = []
  #sum = 0
  #samples = 0
  #oddByte: number | undefined

  /** Signed samples of 16 bits, little-endian, one channel; cut anywhere. */
  add(chunk: Buffer): void {
    const bytes =
      this.#oddByte === undefined ? chunk : Buffer.concat([Buffer.of(this.#oddByte), chunk])
    const whole = bytes.length - (bytes.length % 2)
    this.#oddByte = whole < bytes.length ? bytes[whole] : undefined
    for (let at = 0; at < whole; at += 2) {
      this.#sum += Math.abs(bytes.readInt16LE(at))
      this.#samples += 1
      if (this.#samples === samplesPerStep) this.#endStep()
    }
  }

  /** The loudest part is 100. */
  get bars(): Uint8Array {
    if (this.#samples > 0) this.#endStep()
    const { length } = this.#steps
    const means = Array.from({ length: barCount }, (_, bar) => {
      const start = Math.floor((bar * length) / barCount)
      const end = Math.max(start + 1, Math.floor(((bar + 1) * length) / barCount))
      const steps = this.#steps.slice(start, end)
      return steps.reduce((sum, step) => sum + step, 0) / Math.max(1, steps.length)
    })
    const loudest = Math.max(...means)
    return Uint8Array.from(means, (mean) =>
      loudest === 0 ? 0 : Math.floor((100 * mean) / loudest),
    )
  }

  #endStep(): void {
    this.#steps.push(this.#sum / this.#samples)
    this.#sum = 0
    this.#samples = 0
  }
}
