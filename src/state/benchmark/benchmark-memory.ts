import type { Prediction, PredictionLine } from '../../benchmark/predictions';
import { writePrediction } from '../../benchmark/predictions';
import type { RunStore } from '../../benchmark/run';

/** A run where the browser lets the page keep nothing: it lasts as long as the page. */
export class MemoryRun implements RunStore {
  readonly #lines = new Map<string, PredictionLine>();

  has(index: string): boolean {
    return this.#lines.has(index);
  }

  put(line: PredictionLine): Promise<void> {
    this.#lines.set(line.index, line);
    return Promise.resolve();
  }

  read(index: string): Promise<Prediction | null> {
    return Promise.resolve(this.#lines.get(index) ?? null);
  }

  readText(index: string): Promise<string> {
    const line = this.#lines.get(index);
    return Promise.resolve(line ? writePrediction(line) : '');
  }

  async *lines(): AsyncGenerator<Prediction> {
    yield* await Promise.resolve(this.#lines.values());
  }
}
