// A few levels of the 호가창 for a tile: prices and sizes, sizes as bars.
import { trend, won } from "#lib/format"

export function fillBook(table, { asks, bids, close }) {
  const rows = [...table.rows]
  const shown = rows.map((row) => (row.dataset.ask ? asks[row.dataset.ask] : bids[row.dataset.bid]))
  const most = Math.max(1, ...shown.map((level) => level?.[1] ?? 0))
  rows.forEach((row, n) => fill(row, shown[n], most, close))
}

function fill(row, level, most, close) {
  const [price, size] = row.cells
  set(price, level?.[0] ? won(level[0]) : "—")
  price.className = `price ${level?.[0] && close ? trend(level[0] - close) : ""}`
  set(size, level?.[0] ? won(level[1]) : "")
  size.style.setProperty("--size", `${level ? (100 * level[1]) / most : 0}%`)
}

const set = (cell, text) => {
  if (cell.textContent !== text) cell.textContent = text
}
