// <live-since symbol="005930" price="72400">: how far the price is from that one now, in percent.
import { aging } from "#lib/aging"
import { percent, trend } from "#lib/format"
import { follow } from "#lib/live"

class LiveSince extends HTMLElement {
  #age
  #stop

  connectedCallback() {
    const from = Number(this.getAttribute("price"))
    const topic = `quote:${this.getAttribute("symbol")}`
    if (!(from > 0)) return
    this.#age = aging(this, topic)
    this.#stop = follow(topic, (quote) => {
      this.#age.hear(quote)
      this.#show(quote.price / from - 1)
    })
  }

  disconnectedCallback() {
    this.#age?.stop()
    this.#stop?.()
  }

  #show(ratio) {
    const shown = percent(ratio * 100)
    if (this.textContent === shown) return
    this.classList.remove("rise", "fall", "flat")
    this.classList.add(trend(Number((ratio * 100).toFixed(2))))
    this.textContent = shown
  }
}

customElements.define("live-since", LiveSince)
