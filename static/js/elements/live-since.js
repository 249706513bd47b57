// <live-since symbol="005930" price="72400">: how far the price is from that one now, in percent.
import { percent, trend } from "#lib/format"
import { follow } from "#lib/live"

class LiveSince extends HTMLElement {
  #stop

  connectedCallback() {
    const from = Number(this.getAttribute("price"))
    if (from > 0) this.#stop = follow(`quote:${this.getAttribute("symbol")}`, ({ price }) => this.#show(price / from - 1))
  }

  disconnectedCallback() {
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
