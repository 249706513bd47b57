// <working-orders>: orders that wait. 정정 and 취소 by button, by key (M and Delete on a row that has the focus), or by
// carrying an order to another price in the 호가창 or the chart ("order:carry" with its number and the new price), or out of
// either ("order:drop": taken back).
// Each ends in the server's dialog to confirm; nothing is sent from here.
import { won } from "#lib/format"
import { latest } from "#lib/live"

/** The order whose row has the focus. The list is drawn anew with every fill, and a key pressed then must still find it.
 *  By its own code: an order on its way has no number of the broker yet. */
let held = ""

/** What is being typed into 정정, by the list's symbol: {no, price, quantity}. A redrawn list goes on with it. */
const drafts = new Map()

class WorkingOrders extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.form = this.querySelector(".modify-form") // missing where the reader may only look
    this.addEventListener("click", (event) => this.#press(event), { signal })
    this.addEventListener("keydown", (event) => this.#key(event), { signal })
    this.addEventListener("focusin", ({ target }) => (held = target.closest("li[data-order]")?.dataset.order ?? ""), { signal })
    document.addEventListener("pointerdown", ({ target }) => this.contains(target) || (held = ""), { signal })
    this.addEventListener("input", () => this.#keep(), { signal })
    this.#goOn()
    queueMicrotask(() => this.#refocus()) // by then the old list, which had the focus, is gone
    document.addEventListener("order:carry", ({ detail }) => this.#carried(detail), { signal })
    document.addEventListener("order:drop", ({ detail }) => this.#dropped(detail), { signal })
    document.dispatchEvent(new CustomEvent("orders:waiting", { detail: { symbol: this.dataset.symbol, count: Number(this.dataset.count) } }))
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #row(no) {
    return no && this.querySelector(`li[data-no="${CSS.escape(no)}"]`)
  }

  /** Whether the order can be spoken of now: no change of it is on its way, nor has one taken it along. */
  #isOpen(row) {
    return row.querySelector("[data-modify]")?.disabled === false
  }

  #press({ target }) {
    const row = target.closest("li")
    if (target.closest("[data-modify]")) this.#modify(row)
    else if (target.closest("[data-cancel]")) this.#cancel(row)
    else if (target.closest("[data-leave]")) this.#close()
  }

  #key(event) {
    if (!this.form || !event.target.matches("li[data-no]")) return
    if (event.key.toLowerCase() === "m") this.#modify(event.target)
    else if (event.key === "Delete") this.#cancel(event.target)
    else return
    event.preventDefault()
  }

  #carried({ no, price }) {
    const row = this.form && this.#row(no)
    if (!row || !this.#isOpen(row) || Number(row.dataset.price) === price) return
    this.#fill(row, "modify", price)
    this.form.requestSubmit()
  }

  #dropped({ no }) {
    const row = this.form && this.#row(no)
    if (row) this.#cancel(row)
  }

  #modify(row) {
    if (!this.#isOpen(row)) return
    this.#fill(row, "modify", Number(row.dataset.price))
    this.form.hidden = false
    this.form.elements.price.focus()
    this.form.elements.price.select()
    this.#keep()
  }

  #close() {
    drafts.delete(this.dataset.symbol)
    this.form.hidden = true
  }

  #keep() {
    const { target_no: no, price, quantity, stop_price: stop } = this.form.elements
    drafts.set(this.dataset.symbol, { no: no.value, price: price.value, quantity: quantity.value, stop_price: stop.value, at: document.activeElement?.name })
  }

  /** Put what was being typed back into a list that was drawn anew, unless its order no longer waits. The draft stays
   *  even then: a list that comes late may be older than the order. */
  #goOn() {
    const draft = this.form && drafts.get(this.dataset.symbol)
    const row = draft && this.#row(draft.no)
    if (!row) return
    this.#fill(row, "modify", Number(row.dataset.price))
    for (const field of ["price", "quantity", "stop_price"]) this.form.elements[field].value = draft[field]
    this.form.hidden = false
  }

  #refocus() {
    if (document.activeElement !== document.body) return
    const typing = this.form?.hidden === false && this.form.elements[drafts.get(this.dataset.symbol)?.at]
    const found = typing || (held && this.querySelector(`li[data-order="${CSS.escape(held)}"]`))
    if (found) found.focus({ preventScroll: true })
  }

  #cancel(row) {
    if (!this.#isOpen(row)) return
    this.#fill(row, "cancel", "")
    this.#close()
    this.form.requestSubmit()
  }

  #fill(row, kind, price) {
    const { no, symbol, side, venue, version, says, remaining } = row.dataset
    const quote = latest(`quote:${symbol}`)
    const told = { kind, symbol, side, venue, target_no: no, target_version: version, target_remaining: remaining, target_price: row.dataset.price, order_kind: row.dataset.kind, quantity: "", stop_price: "", price: price ? won(price) : "", seen_price: quote?.price ?? "", seen_at: quote ? quote.at * 1000 : "" }
    for (const [field, value] of Object.entries(told)) this.form.elements[field].value = value
    this.form.querySelector("[data-which]").textContent = says
    this.form.querySelector("[data-stop]").hidden = row.dataset.kind !== "stop_limit"
  }
}

customElements.define("working-orders", WorkingOrders)
