// <live-index sector="001" field="level">: one number of an index that follows the market.
// field: level, change, rate. The colour is the day's direction.
import { arrow, level, percent, trend } from "#lib/format"
import { follow } from "#lib/live"

const FIELDS = {
  level: ({ level: value }) => level(Number(value), 2),
  change: ({ change }) => arrow(Number(change)) + level(Math.abs(Number(change)), 2),
  rate: ({ rate }) => percent(rate),
}

class LiveIndex extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = follow(`index:${this.getAttribute("sector")}`, (index) => this.#show(index))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show(index) {
    const shown = FIELDS[this.getAttribute("field") ?? "level"](index)
    this.classList.remove("rise", "fall", "flat", "unknown")
    this.classList.add(trend(Number(index.change)))
    if (this.textContent !== shown) this.textContent = shown
  }
}

customElements.define("live-index", LiveIndex)
