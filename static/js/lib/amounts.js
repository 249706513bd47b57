// Amounts as people type them: 5000, 5,000, 150만, 1.5억, 150만원. The server's half is kiwoomweb/ui/amounts.py.

const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(천|만|백만|천만|억)?\s*(?:원|주)?$/
const SIZES = { "": 1, 천: 1e3, 만: 1e4, 백만: 1e6, 천만: 1e7, 억: 1e8 }

// Whole won, or null for what is no amount.
export function wonIn(said) {
  const found = AMOUNT.exec(said.trim().slice(0, 24))
  if (!found) return null
  const won = Number(found[1].replaceAll(",", "") + (found[2] ?? "")) * SIZES[found[3] ?? ""]
  return Number.isSafeInteger(Math.round(won)) && Math.abs(won - Math.round(won)) < 1e-6 ? Math.round(won) : null
}
