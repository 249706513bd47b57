// The legend in the corner of a chart: when, open, high, low, close, change and volume of the bar one looks at.
import { moment } from "#lib/candles"
import { compact, level, percent, trend } from "#lib/format"
import { write } from "#lib/frames"

export class Legend {
  constructor(box, digits) {
    this.digits = digits
    this.cells = Object.fromEntries([...box.querySelectorAll("[data-bar]")].map((cell) => [cell.dataset.bar, cell]))
    this.box = box
  }

  // A bar and the one before it, whose close the change is measured from.
  show(bar, before, span) {
    this.box.hidden = !bar
    if (!bar) return
    const [time, open, high, low, close, volume] = bar
    const from = before?.[4] ?? open
    write(this.cells.when, moment(time, span))
    for (const [name, price] of Object.entries({ open, high, low, close })) this.#price(this.cells[name], price, from)
    this.#price(this.cells.rate, close, from, from ? percent((100 * (close - from)) / from) : "—")
    write(this.cells.volume, compact(volume))
  }

  #price(cell, price, from, text = level(price, this.digits)) {
    write(cell, text)
    const side = trend(price - from)
    if (cell.className !== side) cell.className = side
  }
}
