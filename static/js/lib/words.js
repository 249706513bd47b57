// Sentences come from the server, translated: data attributes of <live-state>, with {holes}.

const source = () => document.querySelector("live-state")?.dataset ?? {}

export const word = (name, holes = {}) =>
  (source()[name] ?? "").replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? "")

const clock = new Intl.DateTimeFormat("ko-KR", {
  timeZone: "Asia/Seoul",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
})

// "14:32:08" of epoch seconds, in Seoul; a dash while nobody has said when.
export const seconds = (at) => (at ? clock.format(new Date(at * 1000)) : "—")
export const minutes = (at) => seconds(at).slice(0, 5)
