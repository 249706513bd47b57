// When htmx gets no answer or a bad one, say so in a toast; the page keeps what it shows.

const words = () => document.getElementById("words")?.dataset ?? {}

export function say(sentence) {
  const box = document.getElementById("toasts")
  if (!box || [...box.children].some((note) => note.textContent.trim() === sentence)) return
  const note = document.createElement("toast-note")
  note.className = "toast"
  const dot = document.createElement("i")
  dot.className = "dot"
  const text = document.createElement("span")
  text.textContent = sentence
  note.append(dot, text)
  box.append(note)
}

document.addEventListener("htmx:sendError", () => say(words().offline))
document.addEventListener("htmx:timeout", () => say(words().offline))
document.addEventListener("htmx:responseError", ({ detail }) =>
  say(detail.xhr.status < 500 ? words().refused : words().broken),
)
