// <live-worth symbol quantity cost price profit costs field="profit">: a holding at the present price.
// The broker's own figure stands until the price moves; then the difference is added, less the share of it that
// commissions and tax would take. The next answer of the broker replaces the whole row.
import { arrow, percent, signed, trend, won } from "#lib/format"
import { follow } from "#lib/live"

class LiveWorth extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = follow(`quote:${this.getAttribute("symbol")}`, ({ price }) => this.#show(price))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #number(name) {
    return Number(this.getAttribute(name))
  }

  #profit(price) {
    const [then, quantity, costs] = ["price", "quantity", "costs"].map((name) => this.#number(name))
    const moved = (price - then) * quantity
    return this.#number("profit") + moved - Math.round((costs * moved) / (then * quantity || 1))
  }

  #show(price) {
    const field = this.getAttribute("field")
    if (field === "value") return this.#write(won(price * this.#number("quantity")), "amount")
    const profit = this.#profit(price)
    if (field === "profit") return this.#write(won(Math.abs(profit)), `amount ${trend(profit)}`, profit)
    this.#write(percent((100 * profit) / this.#number("cost")), trend(profit))
  }

  #write(text, css, profit = null) {
    const span = document.createElement("span")
    span.className = css
    if (profit) span.append(mark(profit))
    if (profit !== null) span.title = signed(profit)
    span.append(text)
    this.replaceChildren(span)
  }
}

function mark(profit) {
  const sign = document.createElement("i")
  sign.className = "arrow"
  sign.textContent = arrow(profit)
  return sign
}

customElements.define("live-worth", LiveWorth)
