// <file-drop>: files come by picking, dropping and pasting. Too large ones are refused before they leave.
// It listens on the note around it, so that a screenshot pasted into the text lands beside it.
import { say } from "#lib/failures"

class FileDrop extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.form = this.querySelector("form")
    this.input = this.querySelector("input[type=file]")
    this.bar = this.querySelector("progress")
    const around = this.closest("note-box") ?? this
    this.input.addEventListener("change", () => this.#send(this.input.files), { signal })
    around.addEventListener("paste", (event) => this.#take(event, event.clipboardData), { signal })
    around.addEventListener("dragover", (event) => this.#hover(event, around), { signal })
    around.addEventListener("dragleave", () => around.removeAttribute("data-over"), { signal })
    around.addEventListener("drop", (event) => this.#drop(event, around), { signal })
    this.form.addEventListener("htmx:xhr:progress", ({ detail }) => this.#progress(detail), { signal })
    this.form.addEventListener("htmx:afterRequest", () => this.#done(), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #hover(event, around) {
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    around.setAttribute("data-over", "")
  }

  #drop(event, around) {
    around.removeAttribute("data-over")
    this.#take(event, event.dataTransfer)
  }

  // Text is the text box's business; a cell copied from a sheet brings text and a picture of itself.
  #take(event, transfer) {
    if (!transfer.files.length || (event.type === "paste" && transfer.types.includes("text/plain"))) return
    event.preventDefault()
    this.#send(transfer.files)
  }

  #send(files) {
    const { largest, most, tooLarge } = this.dataset
    const kept = new DataTransfer()
    let sum = 0
    for (const file of files) {
      sum += file.size
      if (file.size > largest || sum > most) say(tooLarge.replace("{name}", file.name))
      else kept.items.add(file)
    }
    this.input.files = kept.files
    if (kept.files.length) this.form.dispatchEvent(new Event("attach"))
  }

  #progress({ loaded, total }) {
    this.bar.hidden = false
    this.bar.max = total
    this.bar.value = loaded
  }

  #done() {
    this.bar.hidden = true
    this.input.value = ""
  }
}

customElements.define("file-drop", FileDrop)
