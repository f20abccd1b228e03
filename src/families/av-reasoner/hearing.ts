import { noAudio } from '../../tensors/audio-chunks';
import { createKaldiFbank, fbankFrames } from '../../tensors/kaldi-fbank';
import { createWhisperMel, melFrames, MEL_BINS } from '../../tensors/whisper-mel';
import type { Runtime } from '../../tokens/runtime';
import { loadEncoders, type AvBundle } from './graphs';

/** The two sound encoders, while they are loaded. */
export interface Hearing {
  /**
   * @param chunk 16 kHz mono, of the manifest's length
   * @returns `[tokens, hidden]`, the newline inside
   */
  hear(chunk: Float32Array): Promise<Float32Array>;
  /** What stands for a missing sound track. */
  hearNothing(): Promise<Float32Array>;
  release(): Promise<void>;
}

/** @throws AppError `model-corrupt`, `out-of-memory`, `gpu-lost` */
export async function loadHearing(bundle: AvBundle, runtime: Runtime): Promise<Hearing> {
  const { chunkSamples } = bundle.manifest.avReasoner.audio;
  const encoders = await loadEncoders(bundle, runtime, [
    'whisper_encoder',
    'beats_encoder',
    'speech_projector',
  ]);
  const mel = createWhisperMel();
  const fbank = createKaldiFbank();
  const encode = async (melOfChunk: Float32Array, wave: Float32Array): Promise<Float32Array> => {
    const { whisper_states } = await encoders.whisper_encoder.run({
      input_features: { dims: [1, MEL_BINS, melFrames(chunkSamples)], data: melOfChunk },
    });
    const bands = fbank(wave);
    const frames = fbankFrames(chunkSamples);
    const { beats_states } = await encoders.beats_encoder.run({
      fbank: { dims: [1, frames, bands.length / frames], data: bands },
    });
    const { audio_tokens: tokens } = await encoders.speech_projector.run({
      whisper_states: whisper_states!,
      beats_states: beats_states!,
    });
    return tokens!.data as Float32Array;
  };
  return {
    hear: (chunk) => encode(mel(chunk), chunk),
    hearNothing() {
      const nothing = noAudio(chunkSamples);
      return encode(nothing.mel, nothing.wave);
    },
    release: () => encoders.release(),
  };
}
