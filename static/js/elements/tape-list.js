// <tape-list symbol="005930" rows="9" columns="at price size" pauses data-big="100000000">: the last prints,
// newest on top. A print is coloured by its aggressor, its price by the day's direction; a big one (won) stands out.
// Every row is made once and moves down; a page away misses none of the last 40. With "pauses" it stands still
// under the pointer or the focus, says how many wait, and catches up when left.
import { arrow, trend, won } from "#lib/format"
import { onceAFrame } from "#lib/frames"
import { follow } from "#lib/live"
import { seconds } from "#lib/words"

class TapeList extends HTMLElement {
  #leaving
  #stop
  #last = 0
  #waiting = []
  #held = 0
  #draw = onceAFrame(() => this.#show())

  connectedCallback() {
    this.#leaving = new AbortController()
    this.body = this.querySelector("tbody")
    this.most = Number(this.getAttribute("rows") ?? 10)
    this.columns = this.getAttribute("columns").split(" ")
    this.#stop = follow(`prints:${this.getAttribute("symbol")}`, ({ prints }) => this.#take(prints))
    if (!this.hasAttribute("pauses")) return
    const { signal } = this.#leaving
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.#draw(), { signal })
  }

  disconnectedCallback() {
    this.#stop()
    this.#leaving.abort()
  }

  // Prints keep the market's order and number; what a later message repeats is known by its number.
  #take(prints) {
    const fresh = prints.filter(([number]) => number > this.#last)
    if (!fresh.length) return
    this.#last = fresh[fresh.length - 1][0]
    this.#held += fresh.length
    this.#waiting.push(...fresh)
    if (this.#waiting.length > this.most) this.#waiting = this.#waiting.slice(-this.most)
    this.#draw()
  }

  get #isPaused() {
    return this.hasAttribute("pauses") && this.matches(":hover, :focus-within")
  }

  #show() {
    const paused = this.#isPaused && this.body.rows.length > 0
    this.#say(paused)
    if (paused || !this.#waiting.length) return
    this.body.prepend(...this.#waiting.reverse().map((print) => this.#row(print)))
    this.#waiting = []
    this.#held = 0
    while (this.body.rows.length > this.most) this.body.lastElementChild.remove()
  }

  #say(paused) {
    const note = this.querySelector(".held")
    if (!note) return
    note.hidden = !paused || !this.#held
    if (!note.hidden) note.textContent = this.dataset.paused.replace("{n}", won(this.#held))
  }

  #row([, at, price, change, size, side, strength]) {
    const row = document.createElement("tr")
    const cells = {
      at: [seconds(at), ""],
      price: [won(price), trend(change)],
      change: [`${arrow(change)} ${won(Math.abs(change))}`, trend(change)],
      size: [won(size), side === "buy" ? "rise strong" : side === "sell" ? "fall strong" : "strong"],
      strength: [strength ? `${Number(strength).toFixed(1)}%` : "—", "soft"],
    }
    for (const name of this.columns) {
      const cell = row.insertCell()
      cell.textContent = cells[name][0]
      cell.className = `num ${cells[name][1]}`
    }
    if (this.dataset.big && price * size >= Number(this.dataset.big)) {
      row.className = `big ${side ?? ""}`
      row.title = this.dataset.bigWords
    }
    return row
  }
}

customElements.define("tape-list", TapeList)
