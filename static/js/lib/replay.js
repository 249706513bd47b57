// Playing a trade again: a place among its bars that moves by hand, by keys, or by itself.
// With reduced motion it does not run from bar to bar: it steps from fill to fill.

const SPEEDS = [1, 2, 4, 8]
const BEAT = 400 // milliseconds a bar at 1×
const calm = matchMedia("(prefers-reduced-motion: reduce)")

export class Replay {
  #timer
  #speed = 0

  // `moved(place)` is called for every new place, `changed(playing, speed)` when playing begins or ends.
  constructor(moved, changed) {
    this.moved = moved
    this.changed = changed
    this.load(0, [])
  }

  // `stops`: numbers of bars with fills.
  load(length, stops) {
    this.pause()
    this.length = length
    this.stops = [...new Set(stops)].sort((a, b) => a - b)
    this.place = Math.max(0, length - 1)
  }

  go(place) {
    this.place = Math.min(Math.max(0, place), this.length - 1)
    this.moved(this.place)
  }

  // To the fill before or after this place; beyond the last one to the end.
  leap(step) {
    const next = step > 0 ? this.stops.find((stop) => stop > this.place) : this.stops.findLast((stop) => stop < this.place)
    this.go(next ?? (step > 0 ? this.length - 1 : 0))
  }

  toggle() {
    if (this.#timer) return this.pause()
    if (this.place >= this.length - 1) this.go(Math.max(0, (this.stops[0] ?? 0) - 5))
    this.#beat()
    this.changed(true, SPEEDS[this.#speed])
  }

  pause() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.changed?.(false, SPEEDS[this.#speed])
  }

  faster() {
    this.#speed = (this.#speed + 1) % SPEEDS.length
    this.changed(Boolean(this.#timer), SPEEDS[this.#speed])
  }

  #beat() {
    const pause = calm.matches ? 1500 : BEAT / SPEEDS[this.#speed]
    this.#timer = setTimeout(() => {
      if (calm.matches) this.leap(1)
      else this.go(this.place + 1)
      if (this.place >= this.length - 1) this.pause()
      else this.#beat()
    }, pause)
  }
}
