// Keys: "/" goes to the search, "g" then a letter to a page (marked data-go), like the screen numbers of a desk;
// the arrows follow links marked data-step: through days, through trades.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]")
let gone = 0

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  if (Date.now() - gone < 1200) document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click()
  gone = event.key === "g" ? Date.now() : 0
  if (!event.shiftKey) document.querySelector(`a[data-step="${CSS.escape(event.key)}"]`)?.click()
  const field = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`)
  if (!field?.checkVisibility()) return
  event.preventDefault()
  field.focus()
})
