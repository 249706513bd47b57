// <tape-list symbol="005930" rows="9">: the last prints, newest on top. A print is coloured by its aggressor,
// its price by the day's direction. Every row is made once and moves down; a page away misses none of the last 40.
import { arrow, trend, won } from "#lib/format"
import { follow } from "#lib/live"
import { seconds } from "#lib/words"

class TapeList extends HTMLElement {
  #stop
  #last = 0

  connectedCallback() {
    this.body = this.querySelector("tbody")
    this.#stop = follow(`prints:${this.getAttribute("symbol")}`, ({ prints }) => this.#show(prints))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show(prints) {
    const fresh = prints.filter(([number]) => number > this.#last)
    if (!fresh.length) return
    this.#last = fresh[fresh.length - 1][0]
    const most = Number(this.getAttribute("rows") ?? 10)
    this.body.prepend(...fresh.slice(-most).reverse().map((print) => this.#row(print)))
    while (this.body.rows.length > most) this.body.lastElementChild.remove()
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
    for (const name of this.getAttribute("columns").split(" ")) {
      const cell = row.insertCell()
      cell.textContent = cells[name][0]
      cell.className = `num ${cells[name][1]}`
    }
    return row
  }
}

customElements.define("tape-list", TapeList)
