// <order-list>: rows (data-pk) whose order people choose. The handle of a row ([data-handle], a button) is dragged,
// or moved with the arrow keys while it has the focus. The form inside ([data-order]) is posted with the new order:
// `pk` is the row that moved, `order` all numbers from the top. A refusal loads the page anew (the server says why).

const PAUSE = 500 // milliseconds without another key before the order is sent

class OrderList extends HTMLElement {
  #timer
  #leaving
  #carried

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    for (const handle of this.querySelectorAll("[data-handle]")) handle.hidden = false
    this.addEventListener("pointerdown", (event) => this.#lift(event), { signal })
    this.addEventListener("pointermove", (event) => this.#carry(event), { signal })
    for (const name of ["pointerup", "pointercancel"]) this.addEventListener(name, () => this.#drop(), { signal })
    this.addEventListener("keydown", (event) => this.#key(event), { signal })
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#leaving.abort()
  }

  get #rows() {
    return [...this.querySelectorAll("[data-pk]")]
  }

  get #order() {
    return this.#rows.map((row) => row.dataset.pk).join(",")
  }

  #lift(event) {
    const handle = event.target.closest("[data-handle]")
    if (!handle || event.button !== 0) return
    event.preventDefault()
    handle.focus()
    handle.setPointerCapture(event.pointerId)
    this.#carried = { row: handle.closest("[data-pk]"), before: this.#order }
    this.#carried.row.classList.add("carried")
  }

  #carry({ clientY }) {
    if (!this.#carried) return
    const { row } = this.#carried
    const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2
    const after = this.#rows.findLast((each) => each !== row && middle(each) < clientY)
    if (after) {
      if (after.nextElementSibling !== row) after.after(row)
    } else if (this.#rows[0] !== row) this.#rows[0].before(row)
  }

  #drop() {
    if (!this.#carried) return
    const { row, before } = this.#carried
    this.#carried = undefined
    row.classList.remove("carried")
    if (this.#order !== before) this.#send(row)
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const handle = event.target.closest("[data-handle]")
    if (!step || !handle) return
    event.preventDefault()
    const row = handle.closest("[data-pk]")
    const rows = this.#rows
    const other = rows[rows.indexOf(row) + step]
    if (!other) return
    if (step < 0) other.before(row)
    else other.after(row)
    handle.focus()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(row), PAUSE)
  }

  #send(row) {
    const form = this.querySelector("form[data-order]")
    form.elements.pk.value = row.dataset.pk
    form.elements.order.value = this.#order
    form.requestSubmit()
  }
}

customElements.define("order-list", OrderList)
