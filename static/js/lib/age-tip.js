// One small tip for the whole page: the exact age of the live number under the pointer or beside the focus, in words.
import { everySecond } from "#lib/ages"

const HOVERS = 350 // milliseconds before a pointer that rests means a question
const told = new WeakMap() // element -> () => words
let tip
let now
let waiting
let stop

// The element says its age whenever somebody points at it or focuses it (or what it belongs to).
export function explains(element, words) {
  told.set(element, words)
  element.setAttribute("data-told", "")
}

function show(element) {
  now = element
  tip ??= made()
  write()
  const { left, bottom } = element.getBoundingClientRect()
  tip.hidden = false
  tip.style.left = `${Math.max(4, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`
  tip.style.top = `${Math.min(bottom + 4, innerHeight - tip.offsetHeight - 4)}px`
  stop ??= everySecond(write)
}

function write() {
  if (!now?.isConnected) return hide()
  const words = told.get(now)()
  if (tip.textContent !== words) tip.textContent = words
}

function hide() {
  clearTimeout(waiting)
  stop?.()
  stop = now = undefined
  if (tip) tip.hidden = true
}

function made() {
  const element = document.createElement("div")
  element.className = "age-tip"
  element.id = "age-tip"
  element.role = "tooltip"
  return document.body.appendChild(element)
}

// What a focused link or button belongs to: itself, or the row, the tile, the entry it stands in.
const belonging = (target) =>
  target.closest("[data-told]") ?? target.querySelector("[data-told]") ?? target.closest("tr, li, article")?.querySelector("[data-told]")

document.addEventListener("pointerover", ({ target }) => {
  const element = target.closest?.("[data-told]")
  if (element === now) return
  hide()
  if (element && told.has(element)) waiting = setTimeout(() => show(element), HOVERS)
})
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches(":focus-visible")) return
  const element = belonging(target)
  hide()
  if (!element || !told.has(element)) return
  show(element)
  target.setAttribute("aria-describedby", "age-tip")
})
document.addEventListener("focusout", ({ target }) => {
  if (target.getAttribute?.("aria-describedby") === "age-tip") target.removeAttribute("aria-describedby")
  hide()
})
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide())
document.addEventListener("scroll", hide, { passive: true, capture: true })
