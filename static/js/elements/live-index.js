// <live-index sector="001" field="level">: one number of an index that follows the market.
// field: level, change, rate. The colour is the day's direction.
import { aging } from "#lib/aging"
import { arrow, level, percent, trend } from "#lib/format"
import { follow } from "#lib/live"

const FIELDS = {
  level: ({ level: value }) => level(Number(value), 2),
  change: ({ change }) => arrow(Number(change)) + level(Math.abs(Number(change)), 2),
  rate: ({ rate }) => percent(rate),
}

class LiveIndex extends HTMLElement {
  #age
  #stop

  connectedCallback() {
    const topic = `index:${this.getAttribute("sector")}`
    this.#age = aging(this, topic)
    this.#stop = follow(topic, (index) => {
      this.#age.hear(index)
      this.#show(index)
    })
  }

  disconnectedCallback() {
    this.#age.stop()
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
