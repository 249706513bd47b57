// <order-ticket>: the form of an order. Side tabs, 호가단위 stepping (buttons, arrow keys, the wheel while focused),
// quantity by share or amount, the sentence on the button, and the quote the person has before them.
// "book:price" (a price of the 호가창 was clicked) fills the price. It sends nothing: the server asks to confirm.
import { wonIn } from "#lib/amounts"
import { won } from "#lib/format"
import { follow } from "#lib/live"
import { around, stepAt, stepped, ticksBetween } from "#lib/ticks"

// What a purchase costs beside its amount, for the share buttons; the preview reckons to the won.
const ROOM = 1.005

class OrderTicket extends HTMLElement {
  #leaving
  #stops = []
  #seen = {}

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.form = this.querySelector("form")
    this.bands = JSON.parse(this.dataset.bands)
    const { topic } = this.dataset
    this.#stops = [follow(`quote:${topic}`, (quote) => this.#see({ price: quote.price, at: quote.at * 1000 })), follow(`book:${topic}`, (book) => this.#see({ bid: book.bids[0]?.[0], ask: book.asks[0]?.[0], booked: book.heard }))]
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")), { signal })
    this.addEventListener("input", (event) => this.#typed(event), { signal })
    this.addEventListener("change", (event) => this.#typedOut(event), { signal })
    this.addEventListener("keydown", (event) => this.#key(event), { signal })
    this.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false })
    document.addEventListener("book:price", ({ detail }) => this.#fill(detail), { signal })
    document.addEventListener("click", ({ target }) => this.#choose(target.closest("[data-deal]")?.dataset.deal), { signal })
    document.addEventListener("orders:waiting", ({ detail }) => this.#waiting(detail), { signal })
    this.#choose(this.#field("side").value)
  }

  disconnectedCallback() {
    this.#leaving.abort()
    for (const stop of this.#stops) stop()
  }

  #field(name) {
    return this.form.elements[name]
  }

  #number(name) {
    return wonIn(this.#field(name)?.value ?? "")
  }

  // The newest quote stands in hidden fields: the order says what its writer had seen. Before the first trade is heard of
  // a share that seldom trades it is the price the server has drawn.
  #see(news) {
    Object.assign(this.#seen, news)
    const { price, bid, ask, at } = this.#seen
    for (const [name, value] of Object.entries({ price, bid, ask, at })) if (value !== undefined) this.#field(`seen_${name}`).value = value
    this.#help()
  }

  #press(button) {
    if (!button) return
    const { side, step, share } = button.dataset
    if (side) this.#choose(side)
    else if (step) this.#step(button.parentElement.querySelector("input"), Number(step))
    else if (share) this.#take(Number(share))
    else if ("byAmount" in button.dataset) this.#toggle(button, "ariaPressed", this.querySelector(".amount-line"))
    else if ("words" in button.dataset) this.#toggle(button, "ariaExpanded", this.#field("words"))
  }

  #toggle(button, state, part) {
    part.hidden = !part.hidden
    button[state] = String(!part.hidden)
    if (!part.hidden) (part.querySelector?.("input") ?? part).focus()
  }

  #choose(side) {
    if (!side) return
    for (const tab of this.querySelectorAll("[role=tab]")) tab.ariaSelected = String(tab.dataset.side === side)
    const changes = side === "change"
    this.querySelector(".changes").hidden = !changes
    this.form.hidden = changes
    if (changes) return
    this.#field("side").value = side
    for (const part of this.form.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== side
    this.form.querySelector("[data-send]").className = `send ${side}`
    this.#show()
  }

  #waiting({ symbol, count }) {
    if (symbol !== this.dataset.symbol) return
    this.querySelector("[data-waiting]").textContent = count ? String(count) : ""
  }

  #fill({ price }) {
    if (this.form.hidden) this.#choose("buy")
    const kind = this.#field("order_kind")
    if (!("priced" in kind.selectedOptions[0].dataset)) kind.value = "limit"
    this.#field("price").value = won(price)
    this.#show()
  }

  #typed({ target }) {
    if ("amount" in target.dataset) this.#byAmount(target)
    this.#show()
  }

  // What was typed is written as all numbers are, once it is whole: 60000 becomes 60,000.
  #typedOut({ target }) {
    const told = target.matches("[data-price], [data-count]") ? wonIn(target.value) : null
    if (told !== null) target.value = won(told)
    this.#show()
  }

  // Up and down step a price by its 호가단위 and a quantity by one, with Shift by ten.
  #key(event) {
    const way = { ArrowUp: 1, ArrowDown: -1, "+": 1, "-": -1 }[event.key]
    if (!way || !event.target.matches("[data-price], [data-count]")) return
    event.preventDefault()
    this.#step(event.target, way * (event.shiftKey && event.key.startsWith("Arrow") ? 10 : 1))
  }

  // Only in the field that has the focus: scrolling the page past a ticket changes nothing.
  #wheel(event) {
    if (event.target !== document.activeElement || !event.target.matches("[data-price], [data-count]")) return
    event.preventDefault()
    this.#step(event.target, event.deltaY < 0 ? 1 : -1)
  }

  #step(input, count) {
    const now = wonIn(input.value)
    if ("price" in input.dataset) input.value = won(now === null ? (this.#seen.price ?? this.#number("price") ?? 0) : stepped(now, count, this.bands))
    else input.value = won(Math.max(1, (now ?? 0) + count))
    this.#show()
  }

  #take(share) {
    const most = this.#most()
    if (most === null) return
    this.#field("quantity").value = won(Math.floor((most * share) / 100))
    this.#show()
  }

  // Shares this side could be of: what is held, or what the cash buys at the price (of a market order: at the limit).
  #most() {
    if (this.#field("side").value === "sell") return known(this.dataset.sellable)
    const [cash, price] = [known(this.dataset.cash), this.#worst()]
    return cash === null || !price ? null : Math.floor(cash / (price * ROOM))
  }

  #worst() {
    const option = this.#field("order_kind").selectedOptions[0]
    return "priced" in option.dataset ? this.#number("price") : (known(this.dataset.high) ?? this.#seen.price)
  }

  #byAmount(input) {
    const [amount, price] = [wonIn(input.value), this.#worst()]
    const count = amount && price ? Math.floor(amount / price) : null
    this.querySelector("[data-amount-says]").textContent = amount ? `${won(amount)}${this.dataset.won}` : ""
    if (count !== null) this.#field("quantity").value = won(count)
  }

  // What belongs to the kind chosen, the help under the price, the sentence on the button, the costs.
  #show() {
    const option = this.#field("order_kind").selectedOptions[0]
    this.#part("price", "priced" in option.dataset)
    this.#part("stop_price", "stop" in option.dataset)
    this.#credit()
    this.#help()
    this.querySelector("[data-sentence]").textContent = this.#sentence(option)
    this.form.dispatchEvent(new CustomEvent("ticket:changed"))
  }

  #part(name, shown) {
    const part = this.querySelector(`[data-for="${name}"]`)
    if (part) part.hidden = !shown
  }

  // 융자합 only repays; one loan is repaid by its day.
  #credit() {
    const credit = this.#field("credit")
    if (!credit) return
    const sells = this.#field("side").value === "sell"
    if (!sells && credit.value === "loans") credit.value = ""
    this.#field("loan_day").hidden = !(sells && credit.value === "loan")
  }

  #help() {
    const place = this.querySelector("[data-price-help]")
    const price = this.#number("price")
    const wrong = price === null ? "" : this.#wrong(price)
    const says = wrong || [this.#distance(price), this.#limits()].filter(Boolean).join(" · ")
    if (place.textContent !== says) place.textContent = says
    place.classList.toggle("wrong", Boolean(wrong))
    this.#field("price").ariaInvalid = String(Boolean(wrong))
  }

  #wrong(price) {
    const [low, high] = [known(this.dataset.low), known(this.dataset.high)]
    if (price % stepAt(price, this.bands)) {
      const [below, above] = around(price, this.bands)
      return fill(this.dataset.off, { tick: won(stepAt(price, this.bands)), low: won(below), high: won(above) })
    }
    if ((low && price < low) || (high && price > high)) return fill(this.dataset.outside, { low: won(low), high: won(high) })
    return ""
  }

  #distance(price) {
    const now = this.#seen.price
    if (!now || !price) return ""
    const n = ticksBetween(now, price, this.bands)
    if (!n) return this.dataset.same
    return fill(n > 0 ? this.dataset.above : this.dataset.below, { n: won(Math.abs(n)) })
  }

  #limits() {
    const { low, high, limits } = this.dataset
    return low && high ? fill(limits, { low: won(Number(low)), high: won(Number(high)) }) : ""
  }

  #sentence(option) {
    const { name, unit, won: currency } = this.dataset
    const [quantity, price] = [this.#number("quantity"), this.#number("price")]
    const parts = [name, quantity ? `${won(quantity)}${unit}` : "", "priced" in option.dataset && price ? `${won(price)}${currency}` : ""]
    return [...parts, option.textContent, this.dataset[this.#field("side").value]].filter(Boolean).join(" ")
  }
}

const known = (text) => (text === undefined || text === "" ? null : Number(text))
const fill = (sentence, holes) => sentence.replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? "")

customElements.define("order-ticket", OrderTicket)
