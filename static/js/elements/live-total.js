// <live-total field="profit">: a number of the overview that follows the holdings below it.
// field: profit, rate, or assets (data-told: 추정자산 as the broker last told it, moved on by what the lots moved).
import { arrow, compact, percent, signed, trend, won } from "#lib/format"
import { listen } from "#lib/holdings"

const FIELDS = {
  profit: ({ profit }) => [arrow(profit), won(Math.abs(profit)), `amount ${trend(profit)}`, signed(profit)],
  rate: ({ profit, cost }) => ["", percent(cost ? (100 * profit) / cost : null), trend(profit), ""],
  assets: ({ moved }, told) => ["", compact(told + moved), "amount", won(told + moved)],
}

class LiveTotal extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = listen((sum) => this.#show(...FIELDS[this.getAttribute("field")](sum, Number(this.dataset.told))))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show(sign, text, css, title) {
    if (this.textContent === sign + text) return
    const span = document.createElement("span")
    span.className = css
    span.title = title
    if (sign) {
      const mark = document.createElement("i")
      mark.className = "arrow"
      mark.ariaHidden = "true"
      mark.textContent = sign
      span.append(mark)
    }
    span.append(text)
    this.replaceChildren(span)
  }
}

customElements.define("live-total", LiveTotal)
