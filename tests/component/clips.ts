/** A second of silence as a WAV file. */
export function silentWav(seconds = 2): File {
  const rate = 8000;
  const bytes = new ArrayBuffer(44 + rate * seconds);
  const view = new DataView(bytes);
  const words = (at: number, text: string): void =>
    [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  words(0, 'RIFF');
  view.setUint32(4, 36 + rate * seconds, true);
  words(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  words(36, 'data');
  view.setUint32(40, rate * seconds, true);
  new Uint8Array(bytes, 44).fill(128);
  return new File([bytes], 'silence.wav', { type: 'audio/wav' });
}
