// <order-book>: fills the cells of the 호가창 the server has laid out (templates/market/book.html).
import { percent, trend, won } from "#lib/format"
import { follow } from "#lib/live"
import { mine } from "#lib/mine"

const PATIENCE = 2500

class OrderBook extends HTMLElement {
  #stops = []
  #book
  #price
  #mine = { orders: [], average: null }

  connectedCallback() {
    const { symbol, mine: address } = this.dataset
    this.rows = { asks: [...this.querySelectorAll(".ask")].reverse(), bids: [...this.querySelectorAll(".bid")] }
    this.#stops = [
      follow(`book:${symbol}`, (book) => this.#take({ book })),
      follow(`quote:${symbol}`, (quote) => this.#take({ price: quote.price, base: quote.price - quote.change })),
    ]
    const waiting = setTimeout(() => this.#ask(), PATIENCE)
    this.#stops.push(() => clearTimeout(waiting))
    if (address) this.#stops.push(mine(address, (found) => this.#take({ mine: found })))
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  // No live book has come: show the last one the broker told, its age is beside the title.
  async #ask() {
    if (this.#book) return
    const reply = await fetch(this.dataset.asked).catch(() => null)
    if (reply?.status === 200 && !this.#book) this.#take({ book: await reply.json() })
  }

  #take({ book = this.#book, price = this.#price, base, mine: found = this.#mine }) {
    this.#book = book
    this.#price = price
    this.#mine = found
    if (base) this.dataset.base = base
    if (book) this.#draw()
  }

  #draw() {
    const { asks, bids, total_asks, total_bids } = this.#book
    const most = Math.max(1, ...asks.map((level) => level[1]), ...bids.map((level) => level[1]))
    this.rows.asks.forEach((row, n) => this.#level(row, asks[n], most))
    this.rows.bids.forEach((row, n) => this.#level(row, bids[n], most))
    this.querySelector("[data-asks]").textContent = won(total_asks)
    this.querySelector("[data-bids]").textContent = won(total_bids)
    const share = (100 * total_asks) / Math.max(1, total_asks + total_bids)
    this.querySelector(".balance").style.setProperty("--asks", `${share.toFixed(1)}%`)
  }

  #level(row, level, most) {
    const [price, size] = level ?? [null, null]
    const base = Number(this.dataset.base)
    const cell = row.querySelector(".price")
    cell.className = `price ${price && base ? trend(price - base) : ""}`
    cell.classList.toggle("now", price !== null && price === this.#price)
    cell.classList.toggle("mean", price !== null && this.#isAverage(price))
    set(row.querySelector("b"), won(price))
    set(row.querySelector("small"), price && base ? percent((100 * (price - base)) / base) : "")
    const amount = row.querySelector(".size")
    amount.style.setProperty("--size", `${price === null ? 0 : (100 * size) / most}%`)
    set(amount.querySelector("span"), price === null ? "" : won(size))
    this.#own(amount, price)
  }

  // My waiting orders at this price: their quantity, and a bar in the colour of what is mine.
  #own(cell, price) {
    const waiting = this.#mine.orders.filter((order) => order.price === price && order.remaining > 0)
    const sum = waiting.reduce((total, order) => total + order.remaining, 0)
    cell.classList.toggle("own", sum > 0)
    set(cell.querySelector("em"), sum > 0 ? `${this.dataset.own} ${won(sum)}` : "")
  }

  // The average is seldom a price of the ladder: the level at or just below it is marked.
  #isAverage(price) {
    const { average } = this.#mine
    if (!average) return false
    const { asks, bids } = this.#book
    const below = [...asks, ...bids].map((level) => level[0]).filter((each) => each <= average)
    return below.length > 0 && price === Math.max(...below)
  }
}

const set = (element, text) => {
  if (element.textContent !== text) element.textContent = text
}

customElements.define("order-book", OrderBook)
