// The bars of one symbol at one span, growing with the market. No drawing: whoever draws asks what has changed.
import { grow, inSession, isDaily, joined, strictly } from "#lib/candles"

// Prints kept so that bars the broker told some seconds ago can be brought up to now.
const RING = 600

export class Series {
  bars = []
  #ring = []
  #last = 0
  #volume = null
  #until = 0
  #from = Infinity

  // hours: {daily: [opens, closes], fine: [opens, closes]}; none means the official session.
  constructor(hours) {
    this.hours = hours
  }

  // All bars anew. `until` is the market's moment they reach to: what was printed later is added.
  load(bars, span, until) {
    this.span = span
    this.bars = strictly(bars)
    this.#volume = null
    this.#until = until
    for (const print of this.#ring) if (print[1] > until) this.#grow(print)
    this.#from = Infinity // shown whole
  }

  // Older bars, in front. Returns how many were new.
  extend(older) {
    const before = this.bars.length
    this.bars = joined(strictly(older), this.bars)
    return this.bars.length - before
  }

  // Prints as the tape tells them: each is counted once, by its number. The first we hear of are the last of a
  // while: those the bars already hold are left out.
  prints({ prints }) {
    const after = this.#last ? -Infinity : this.#until
    for (const print of prints) {
      if (print[0] <= this.#last) continue
      this.#last = print[0]
      this.#ring.push(print)
      if (print[1] > after) this.#grow(print)
    }
    if (this.#ring.length > 2 * RING) this.#ring = this.#ring.slice(-RING)
  }

  // An index tells its level alone, a quote the day's volume: prints conflated away are missing from no bar of a day.
  quote({ at, level, price = Number(level), volume = null }) {
    if (level !== undefined) this.#grow([0, at, price, 0, 0])
    const last = this.bars.length - 1
    if (volume === null || this.span !== "day" || last < 0 || !this.#counts(at)) return
    if (this.#volume !== volume && grow(this.bars[last], "day", { at, price, volume, size: 0 })?.[0] === this.bars[last][0]) {
      this.bars[last] = [...this.bars[last].slice(0, 5), volume]
      this.#touch(last)
    }
    this.#volume = volume
  }

  // The first bar that has moved since the last time this was asked; the length when none has.
  changed() {
    const from = Math.min(this.#from, this.bars.length)
    this.#from = Infinity
    return from
  }

  #grow([, at, price, , size]) {
    if (!this.bars.length || !this.#counts(at)) return
    const last = this.bars[this.bars.length - 1]
    const next = grow(last, this.span, { at, price, volume: size, size })
    if (!next) return
    if (next[0] === last[0]) this.bars[this.bars.length - 1] = next
    else this.bars.push(next)
    this.#touch(this.bars.length - 1)
  }

  #counts(at) {
    return inSession(at, this.hours?.[isDaily(this.span) ? "daily" : "fine"])
  }

  #touch(place) {
    this.#from = Math.min(this.#from, place)
  }
}
