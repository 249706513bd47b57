// <live-holdings>: the table of what is held, each lot at what selling it now would bring, totals and weights with
// it. Rows carry the terms the server reckons with (portfolio/presenting/holdings.py); one frame writes what changed.
import { everySecond, isSilent } from "#lib/ages"
import { arrow, percent, signed, trend, unsigned_percent, won } from "#lib/format"
import { announce } from "#lib/holdings"
import { follow } from "#lib/live"
import { liquidate, price, together } from "#lib/worth"

const TERMS = ["quantity", "cost", "bought", "loan", "commission", "tax"]

class LiveHoldings extends HTMLElement {
  #lots
  #known = new Map() // symbol -> { quote, best }
  #stops = []
  #frame

  connectedCallback() {
    this.#lots = [...this.querySelectorAll("tbody tr")].map(lotOf)
    for (const symbol of new Set(this.#lots.map((lot) => lot.symbol))) {
      this.#known.set(symbol, {})
      for (const name of ["quote", "best"])
        this.#stops.push(follow(`${name}:${symbol}`, (value) => this.#hear(symbol, { [name]: value })))
    }
    this.#stops.push(everySecond(() => this.#age()))
    this.before = together(this.#lots.map(({ terms, told }) => liquidate(terms, told)))
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
    cancelAnimationFrame(this.#frame)
  }

  #hear(symbol, news) {
    Object.assign(this.#known.get(symbol), news)
    this.#frame ??= requestAnimationFrame(() => this.#draw())
  }

  #age() {
    for (const { row, symbol } of this.#lots) row.toggleAttribute("data-silent", isSilent(`quote:${symbol}`))
  }

  #draw() {
    this.#frame = undefined
    const worths = this.#lots.map(({ symbol, terms, told }) => liquidate(terms, price(this.#known.get(symbol)) ?? told))
    const sum = together(worths)
    this.#lots.forEach(({ row }, n) => {
      fill(row, worths[n])
      weigh(row.querySelector('[data-w="weight"]'), (100 * worths[n].value) / sum.value)
    })
    fill(this.querySelector("tfoot tr"), sum)
    announce({ ...sum, moved: sum.profit - this.before.profit })
  }
}

const lotOf = (row) => ({
  row,
  symbol: row.dataset.symbol,
  told: Number(row.dataset.price),
  terms: Object.fromEntries(TERMS.map((name) => [name, Number(row.dataset[name])])),
})

function fill(row, { value, cost, profit, proceeds }) {
  for (const cell of row.querySelectorAll("[data-w]")) {
    const { w } = cell.dataset
    if (w === "value") write(cell, won(value), "amount")
    if (w === "proceeds") write(cell, won(proceeds), "amount")
    if (w === "profit") write(cell, won(Math.abs(profit)), `amount ${trend(profit)}`, profit)
    if (w === "rate" && cost) write(cell, percent((100 * profit) / cost), trend(profit))
  }
}

function write(cell, text, css, profit = null) {
  const said = (profit === null ? "" : arrow(profit)) + text
  if (cell.textContent === said && cell.firstElementChild?.className === css) return
  const span = document.createElement("span")
  span.className = css
  if (profit) span.append(mark(profit))
  if (profit !== null) span.title = signed(profit)
  span.append(text)
  cell.replaceChildren(span)
}

function weigh(cell, share) {
  if (!cell || !Number.isFinite(share)) return
  const said = unsigned_percent(share)
  if (cell.lastChild.textContent.trim() === said) return
  cell.querySelector("rect").setAttribute("width", `${share.toFixed(1)}%`)
  cell.lastChild.textContent = ` ${said}`
}

function mark(profit) {
  const sign = document.createElement("i")
  sign.className = "arrow"
  sign.ariaHidden = "true"
  sign.textContent = arrow(profit)
  return sign
}

customElements.define("live-holdings", LiveHoldings)
