// Prices as places to take hold of: a click on one says "book:price", an order of mine is carried from one to another
// ("order:carry"), or out of them all ("order:drop"), in the 호가창 and on the chart. What is carried changes nothing by
// itself: the server asks first.

const CLOSE = 5 // pixels the pointer may tremble and still have clicked

const AWAY = 24 // pixels beyond the edge before an order counts as carried out

const is_outside = (place, { clientX, clientY }) => {
  const { left, right, top, bottom } = place.getBoundingClientRect()
  return clientX < left - AWAY || clientX > right + AWAY || clientY < top - AWAY || clientY > bottom + AWAY
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))

// Rows of the 호가창. `priceOf` says which price a row shows now, `mineAt` which orders of mine wait there.
export function carryLevels(table, priceOf, mineAt) {
  const leaving = new AbortController()
  const { signal } = leaving
  let held
  const under = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest("tr.sells, tr.buys")
  const drop = () => {
    for (const row of table.querySelectorAll(".over")) row.classList.remove("over")
    table.classList.remove("leaving")
    held = undefined
  }
  const isOut = (event) => is_outside(table, event)
  table.addEventListener(
    "pointerdown",
    (event) => {
      const row = event.target.closest("tr.sells, tr.buys")
      const price = row && event.button === 0 && event.target.closest(".at, .size") ? priceOf(row) : undefined
      if (price === undefined) return
      const [order] = event.target.closest(".size") ? mineAt(price) : []
      held = { price, order, y: event.clientY, clicked: event.target.closest(".at") }
      if (order) {
        event.preventDefault()
        table.setPointerCapture(event.pointerId)
      }
    },
    { signal },
  )
  table.addEventListener(
    "pointermove",
    (event) => {
      if (!held?.order) return
      const row = under(event)
      for (const other of table.querySelectorAll(".over")) if (other !== row) other.classList.remove("over")
      row?.classList.add("over")
      table.classList.toggle("leaving", isOut(event))
    },
    { signal },
  )
  table.addEventListener(
    "pointerup",
    (event) => {
      const now = held && under(event)
      const price = now && table.contains(now) ? priceOf(now) : undefined
      if (held?.order && isOut(event)) tell("order:drop", { no: held.order.no })
      else if (held?.order && price !== undefined && price !== held.price) tell("order:carry", { no: held.order.no, price })
      else if (held?.clicked && Math.abs(event.clientY - held.y) < CLOSE) tell("book:price", { price: held.price })
      drop()
    },
    { signal },
  )
  table.addEventListener("pointercancel", drop, { signal })
  return () => leaving.abort()
}

// Lines of my orders on a chart: `lineAt(y)` finds one, `carry(line, y)` moves its picture and answers its price.
export function carryLines(plot, { lineAt, carry, hold, back }, signal) {
  let held
  const height = ({ clientY }) => clientY - plot.getBoundingClientRect().top
  plot.addEventListener(
    "pointerdown",
    (event) => {
      const line = event.button === 0 && lineAt(height(event))
      if (!line) return
      event.preventDefault()
      event.stopPropagation()
      held = { line, price: line.price }
      hold(true)
      plot.setPointerCapture(event.pointerId)
    },
    { capture: true, signal },
  )
  plot.addEventListener(
    "pointermove",
    (event) => {
      if (held) {
        held.price = carry(held.line, height(event))
        plot.classList.toggle("leaving", is_outside(plot, event))
      } else plot.classList.toggle("on-line", Boolean(lineAt(height(event))))
    },
    { signal },
  )
  const loose = (event, is_dropped) => {
    if (!held) return
    const { line, price } = held
    held = undefined
    hold(false)
    plot.classList.remove("leaving")
    if (is_dropped && is_outside(plot, event)) tell("order:drop", { no: line.no })
    else if (is_dropped && price !== line.price) tell("order:carry", { no: line.no, price })
    back()
  }
  plot.addEventListener("pointerup", (event) => loose(event, true), { signal })
  plot.addEventListener("pointercancel", (event) => loose(event, false), { signal })
}
