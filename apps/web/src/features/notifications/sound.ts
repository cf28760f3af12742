/** Two soft tones, a fourth apart, in Hz. */
const TONES = [659.25, 880]
const BETWEEN_S = 0.11
const RISE_S = 0.012
const FADE_S = 0.32
const VOLUME = 0.06
/** An exponential fade never gets to nothing. */
const SILENCE = 0.0001

let context: AudioContext | undefined

/** Made here, so that nothing has to be fetched. Browsers keep it from pages that nobody has touched. */
export async function playSound(): Promise<void> {
  if (!navigator.userActivation?.hasBeenActive) return
  context ??= new AudioContext()
  if (context.state === 'suspended') await context.resume()
  for (const [n, hertz] of TONES.entries())
    ring(context, hertz, context.currentTime + n * BETWEEN_S)
}

function ring(audio: AudioContext, hertz: number, at: number): void {
  const tone = new OscillatorNode(audio, { frequency: hertz })
  const volume = new GainNode(audio, { gain: 0 })
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(VOLUME, at + RISE_S)
  volume.gain.exponentialRampToValueAtTime(SILENCE, at + FADE_S)
  tone.connect(volume).connect(audio.destination)
  tone.start(at)
  tone.stop(at + FADE_S)
}
