// <live-board>: rows or tiles with data-symbol whose cells ([data-c]) follow the market. Only what is in view is
// followed, so that the broker's 200 places serve what is seen. A frame of the screen writes changed cells only.
import { explains } from "#lib/age-tip"
import { everySecond, exact, isSilent, isWaiting, judge } from "#lib/ages"
import { CELLS, merged } from "#lib/board-cells"
import { closes, draw } from "#lib/day-line"
import { follow, watch } from "#lib/live"
import { mine } from "#lib/mine"
import { fillBook } from "#lib/small-book"

const LINGERS = 1_000 // milliseconds a row is still followed after it left the view
const DWELLS = 150 // a row scrolled past is not worth a registration

class LiveBoard extends HTMLElement {
  #lines = new Map() // symbol -> line
  #changed = new Set()
  #frame
  #stops = []

  connectedCallback() {
    const observer = new IntersectionObserver((seen) => this.#look(seen), { rootMargin: "40px 0px" })
    for (const element of this.querySelectorAll("[data-symbol]")) {
      const line = lineOf(element)
      this.#lines.set(element.dataset.symbol, line)
      explains(line.chip, () => exact(`quote:${element.dataset.symbol}`, line.known.quote))
      observer.observe(element)
    }
    this.#stops = [
      () => observer.disconnect(),
      mine(this.dataset.own, (own) => this.#own(own)),
      everySecond(() => this.#tick()),
      watch((feed) => this.#wait(feed)),
    ]
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
    for (const line of this.#lines.values()) this.#leave(line)
    cancelAnimationFrame(this.#frame)
  }

  // What a column is ordered by; null while unknown.
  figure(symbol, key) {
    return this.#lines.get(symbol)?.figures[key] ?? null
  }

  #look(seen) {
    for (const { target, isIntersecting } of seen) {
      const line = this.#lines.get(target.dataset.symbol)
      clearTimeout(line.turn)
      if (isIntersecting && !line.stops.length) line.turn = setTimeout(() => this.#enter(line), DWELLS)
      else if (!isIntersecting && line.stops.length) line.turn = setTimeout(() => this.#leave(line), LINGERS)
    }
  }

  #enter(line) {
    const { symbol } = line.element.dataset
    const hear = (name, take) => follow(`${name}:${symbol}`, (update) => this.#hear(line, take(update)))
    line.stops = [hear("quote", (quote) => ({ quote: merged(line.known.quote, quote), close: quote.price - quote.change }))]
    if (line.book) line.stops.push(hear("book", ({ asks, bids }) => ({ asks, bids })))
    else if (line.cells.ask || line.cells.bid) line.stops.push(hear("best", bestOf))
    if (line.cells.spark) this.#course(line)
  }

  #leave(line) {
    clearTimeout(line.turn)
    for (const stop of line.stops) stop()
    line.stops = []
  }

  async #course(line) {
    const address = `${this.dataset.symbols}${line.element.dataset.symbol}/course/`
    const found = await closes(address, () => line.stops.length > 0)
    if (!found) return
    line.course = found
    this.#hear(line, {})
  }

  #own({ lots = {}, held = [], traded = [] }) {
    for (const [symbol, line] of this.#lines) {
      mark(line.element, held.includes(symbol) ? "held" : traded.includes(symbol) ? "traded" : "", this.dataset)
      this.#hear(line, { own: lots[symbol] ?? null })
    }
  }

  #hear(line, news) {
    Object.assign(line.known, news)
    this.#changed.add(line)
    this.#frame ??= requestAnimationFrame(() => this.#draw())
  }

  #draw() {
    this.#frame = undefined
    for (const line of this.#changed) {
      for (const [key, cell] of Object.entries(line.cells)) if (CELLS[key]) write(line, key, cell)
      if (line.course) draw(line.cells.spark, led(line), line.known.close)
      if (line.book && line.known.asks) fillBook(line.book, line.known)
    }
    this.#changed.clear()
  }

  // Ages, once a second, of the rows in view.
  #tick() {
    for (const { element, stops, known, chip } of this.#lines.values()) {
      if (!stops.length) continue
      const topic = `quote:${element.dataset.symbol}`
      const [look, said] = judge(topic, known.quote, true)
      const css = `age ${look}`
      if (chip.className !== css) chip.className = css
      if (chip.textContent !== said) chip.textContent = said
      element.toggleAttribute("data-silent", isSilent(topic) || isWaiting(topic))
    }
  }

  #wait({ waiting = [] }) {
    const here = waiting.filter((symbol) => this.#lines.has(symbol.split("@")[0])).length
    const note = this.querySelector(".board-note")
    note.hidden = here === 0
    note.textContent = here ? this.dataset.waiting.replace("{n}", here) : ""
  }
}

function lineOf(element) {
  const cells = Object.fromEntries([...element.querySelectorAll("[data-c]")].map((cell) => [cell.dataset.c, cell]))
  if (cells.spark && cells.spark.localName !== "svg") cells.spark = cells.spark.querySelector("svg")
  const figures = Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell.dataset.v ? Number(cell.dataset.v) : null]))
  const known = { close: Number(element.dataset.close) || null }
  return { element, cells, figures, known, chip: element.querySelector("[data-age]"), book: element.querySelector(".small-book"), stops: [] }
}

const bestOf = ({ ask, bid }) => ({ asks: [[ask]], bids: [[bid]] })

const led = ({ course, known: { quote } }) => (quote ? [...course, quote.price] : course)

function write(line, key, cell) {
  const [text, direction, figure] = CELLS[key](line.known)
  if (figure === null && line.figures[key] !== null && key !== "held" && key !== "gain") return // what was known stays
  line.figures[key] = figure
  const moved = cell.textContent !== text
  if (moved) cell.textContent = text
  const css = `${cell.dataset.base ?? (cell.dataset.base = base(cell))} ${direction}`.trim()
  if (cell.className !== css && !(moved && key === "price")) cell.className = css
  if (moved && key === "price") flash(cell, css, line.known.quote)
}

const base = (cell) => [...cell.classList].filter((name) => !["rise", "fall", "flat", "unknown"].includes(name)).join(" ")

// At most 150 ms; the style sheet drops it when motion is unwanted.
function flash(cell, css, quote) {
  const was = cell.flashed
  cell.className = css
  cell.flashed = true
  if (!was) return // the first value is no movement
  void cell.offsetWidth
  cell.classList.add(quote.side === "sell" ? "flash--1" : "flash-1")
}

function mark(element, kind, words) {
  if (element.dataset.own === kind) return
  element.dataset.own = kind
  element.querySelector(".badge.own")?.remove()
  if (!kind) return
  const badge = document.createElement("span")
  badge.className = `badge own ${kind}`
  badge.textContent = words[kind]
  element.querySelector(".name a").append(badge)
}

customElements.define("live-board", LiveBoard)
