// <live-price symbol="005930" field="price">72,400</live-price>: one number that follows the market.
// field: price, change, rate, volume, turnover, open, high, low, strength. Colour is the day's direction;
// open, high and low are coloured against yesterday's close, volume and turnover not at all.
import { aging } from "#lib/aging"
import { arrow, compact, percent, signed, trend, won } from "#lib/format"
import { follow } from "#lib/live"

const against = (quote, price) => trend(price === null ? null : price - (quote.price - quote.change))
const text = (value) => document.createTextNode(value)

const FIELDS = {
  price: { show: (quote) => won(quote.price), trend: (quote) => trend(quote.change) },
  change: { show: (quote) => won(Math.abs(quote.change)), arrow: true, trend: (quote) => trend(quote.change) },
  signed: { show: (quote) => signed(quote.change), trend: (quote) => trend(quote.change) },
  rate: { show: (quote) => percent(quote.rate), trend: (quote) => trend(quote.change) },
  volume: { show: (quote) => compact(quote.volume) },
  turnover: { show: (quote) => compact(quote.turnover) },
  open: { show: (quote) => won(quote.open || null), trend: (quote) => against(quote, quote.open || null) },
  high: { show: (quote) => won(quote.high || null), trend: (quote) => against(quote, quote.high || null) },
  low: { show: (quote) => won(quote.low || null), trend: (quote) => against(quote, quote.low || null) },
  strength: { show: (quote) => `${quote.strength}%`, trend: (quote) => trend(quote.strength - 100) },
}

class LivePrice extends HTMLElement {
  #age
  #stop
  #shown

  connectedCallback() {
    const topic = `quote:${this.getAttribute("symbol")}`
    this.#age = aging(this, topic)
    this.#stop = follow(topic, (quote) => {
      this.#age.hear(quote)
      this.#show(quote)
    })
  }

  disconnectedCallback() {
    this.#age.stop()
    this.#stop()
  }

  #show(quote) {
    const name = this.getAttribute("field") ?? "price"
    const field = FIELDS[name]
    if ((quote[name === "signed" ? "change" : name] ?? null) === null) return // not said this time: keep the last
    const shown = field.show(quote)
    if (field.trend) this.#colour(field.trend(quote))
    if (shown === this.#shown) return
    const sign = field.arrow && arrow(quote.change)
    this.replaceChildren(...(sign ? [pointer(sign)] : []), text(shown))
    if (this.#shown !== undefined && name === "price") this.#flash(quote)
    this.#shown = shown
  }

  #colour(direction) {
    this.classList.remove("rise", "fall", "flat", "unknown")
    this.classList.add(direction)
  }

  // At most 150 ms; the style sheet drops it when motion is unwanted.
  #flash({ side }) {
    const name = side === "sell" ? "flash--1" : "flash-1"
    this.classList.remove("flash-1", "flash--1")
    void this.offsetWidth // start over
    this.classList.add(name)
  }
}

function pointer(sign) {
  const mark = document.createElement("i")
  mark.className = "arrow"
  mark.ariaHidden = "true"
  mark.textContent = sign
  return mark
}

customElements.define("live-price", LivePrice)
