// <order-book>: fills the cells of the 호가창 the server has laid out (templates/market/book.html).
// A click on a price tells the ticket ("book:price"); my waiting orders are carried to another price ("order:carry").
import { greying } from "#lib/aging"
import { percent, trend, won } from "#lib/format"
import { onceAFrame, write } from "#lib/frames"
import { Level } from "#lib/ladder"
import { follow } from "#lib/live"
import { carryLevels } from "#lib/carrying"
import { mine } from "#lib/mine"

const PATIENCE = 2500

class OrderBook extends HTMLElement {
  #stops = []
  #book
  #price = null
  #base = 0
  #mine = { orders: [], average: null }
  #after
  #draw = onceAFrame(() => this.#show())

  connectedCallback() {
    const { symbol, mine: address, base } = this.dataset
    this.#base = Number(base)
    this.table = this.querySelector("table")
    this.asks = [...this.querySelectorAll(".sells")].reverse().map((row) => new Level(row))
    this.bids = [...this.querySelectorAll(".buys")].map((row) => new Level(row))
    this.foot = Object.fromEntries([...this.querySelectorAll("footer [data-asks], footer [data-bids]")].map((cell) => ["asks" in cell.dataset ? "asks" : "bids", cell]))
    this.balance = this.querySelector(".balance i")
    this.#stops = [
      follow(`book:${symbol}`, (book) => this.#take(() => (this.#book = book))),
      follow(`quote:${symbol}`, ({ price, change }) => this.#take(() => ([this.#price, this.#base] = [price, price - change]))),
      follow(`after:${symbol}`, (after) => this.#take(() => (this.#after = after))),
      this.#speaks(),
      greying(this, `book:${symbol}`),
      carryLevels(this.table, (row) => this.#priceOf(row), (price) => this.#mine.orders.filter((order) => order.price === price && order.remaining > 0)),
    ]
    const waiting = setTimeout(() => this.#ask(), PATIENCE)
    this.#stops.push(() => clearTimeout(waiting))
    if (address) this.#stops.push(mine(address, (found) => this.#take(() => (this.#mine = found))))
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  #take(change) {
    change()
    if (this.#book) this.#draw()
  }

  // No live book has come: show the last one the broker told, its age is beside the title.
  async #ask() {
    if (this.#book) return
    const reply = await fetch(this.dataset.asked).catch(() => null)
    if (reply?.status !== 200) return
    const told = await reply.json()
    if (!this.#book) this.#take(() => (this.#book = told))
  }

  #show() {
    const { asks, bids, total_asks, total_bids } = this.#book
    let most = 1
    for (const [, size] of asks) if (size > most) most = size
    for (const [, size] of bids) if (size > most) most = size
    const mean = this.#mean()
    this.asks.forEach((row, n) => this.#level(row, asks[n], most, mean, this.#parts("asks", n)))
    this.bids.forEach((row, n) => this.#level(row, bids[n], most, mean, this.#parts("bids", n)))
    write(this.foot.asks, won(total_asks))
    write(this.foot.bids, won(total_bids))
    this.balance.style.transform = `scaleX(${(total_asks / Math.max(1, total_asks + total_bids)).toFixed(3)})`
    this.#expect()
    this.#evening()
    this.dataset.drawn = this.#book.at
  }

  #level(row, level, most, mean, parts) {
    const [price, size] = level ?? [null, null]
    row.show({
      price,
      size,
      share: price === null ? 0 : size / most,
      base: this.#base,
      isNow: price !== null && price === this.#price,
      isMean: price !== null && price === mean,
      own: price === null ? "" : this.#own(price),
      parts,
    })
  }

  #priceOf(row) {
    const asks = this.asks.findIndex((level) => level.row === row)
    const side = asks >= 0 ? this.#book?.asks : this.#book?.bids
    return side?.[asks >= 0 ? asks : this.bids.findIndex((level) => level.row === row)]?.[0]
  }

  // How much of a level of both venues waits on each, where the broker says so.
  #parts(side, n) {
    const { krx, nxt } = this.#book
    return krx && nxt ? `KRX ${won(krx[side][n])} · NXT ${won(nxt[side][n])}` : ""
  }

  // My waiting orders at this price: their quantity.
  #own(price) {
    let sum = 0
    for (const order of this.#mine.orders) if (order.price === price && order.remaining > 0) sum += order.remaining
    return sum > 0 ? `${this.dataset.own} ${won(sum)}` : ""
  }

  // The average is seldom a price of the ladder: the level at or just below it is marked.
  #mean() {
    const { average } = this.#mine
    if (!average) return null
    let found = null
    for (const side of [this.#book.asks, this.#book.bids])
      for (const [price] of side) if (price <= average && (found === null || price > found)) found = price
    return found
  }

  // In an auction: where it would trade now.
  #expect() {
    const { expected_price: price, expected_size: size } = this.#book
    const line = this.querySelector("[data-expected]")
    line.hidden = !price
    if (!price) return
    const moved = trend(price - this.#base)
    const cell = line.querySelector("[data-price]")
    write(cell, won(price))
    if (cell.className !== moved) cell.className = moved
    write(line.querySelector("[data-rate]"), this.#base ? percent((100 * (price - this.#base)) / this.#base) : "")
    write(line.querySelector("[data-size]"), won(size))
  }

  #evening() {
    const line = this.querySelector("[data-after]")
    line.hidden = !this.#after
    if (!this.#after) return
    write(line.querySelector("[data-after-asks]"), won(this.#after.total_asks))
    write(line.querySelector("[data-after-bids]"), won(this.#after.total_bids))
  }

  // While the ladder has the focus its best levels are read out, at most once a second and only when they change.
  #speaks() {
    const place = this.querySelector("[data-speaks]")
    const timer = setInterval(() => {
      if (document.activeElement !== this.table || !this.#book) return
      const [[ask, asks] = [], [bid, bids] = []] = [this.#book.asks[0], this.#book.bids[0]]
      const holes = { price: won(this.#price), ask: won(ask), asks: won(asks), bid: won(bid), bids: won(bids) }
      write(place, this.dataset.said.replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? ""))
    }, 1000)
    return () => clearInterval(timer)
  }
}

customElements.define("order-book", OrderBook)
