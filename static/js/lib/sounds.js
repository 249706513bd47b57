// Sounds of alerts, made of a few tones: nothing to load. Browsers stay silent until somebody has touched the page.

// Notes: [frequency in Hz, start in s, length in s]
const SOUNDS = {
  bell: [[1320, 0, 0.5], [1760, 0.02, 0.7]],
  chime: [[784, 0, 0.25], [988, 0.18, 0.25], [1175, 0.36, 0.5]],
  alarm: [[880, 0, 0.16], [660, 0.18, 0.16], [880, 0.36, 0.16], [660, 0.54, 0.16]],
}
const LOUD = 0.18

let context

// Plays a sound by name; an unknown or empty name is silence.
export async function play(name) {
  const notes = SOUNDS[name]
  if (!notes) return
  context ??= new AudioContext()
  if (context.state === "suspended") await context.resume()
  for (const note of notes) ring(...note)
}

function ring(frequency, start, length) {
  const tone = context.createOscillator()
  const gain = context.createGain()
  const at = context.currentTime + start
  tone.frequency.value = frequency
  gain.gain.setValueAtTime(LOUD, at)
  gain.gain.exponentialRampToValueAtTime(0.001, at + length)
  tone.connect(gain).connect(context.destination)
  tone.start(at)
  tone.stop(at + length)
}
