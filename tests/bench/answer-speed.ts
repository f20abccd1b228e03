import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { toAnswer } from '../../cli/answer-cache.ts';
import { AppPage } from '../../cli/app-page.ts';
import { root } from '../../cli/site.ts';

/** One kind of question, and how long the built app took for it. Seconds. */
export interface AnswerSpeed {
  question: string;
  /** Opening the file and decoding included. */
  seconds: number;
  secondsAfterDecoding: number;
  /** At most this long after decoding, and half of it until the first clue. */
  barSeconds: number;
  /** From the question to the first clue on the page, decoding included; null where there is none. */
  firstClueSeconds: number | null;
  /** The same without what decoding took. */
  firstClueAfterDecoding: number | null;
  count: number | null;
  backend: string;
  cores: number;
}

const questions = [
  { question: 'How many beeps are there?', barSeconds: 5 },
  { question: 'How many cars are there?', barSeconds: 15 },
  { question: 'How many times can you see the ball bounce?', barSeconds: 15 },
];

/** The sample's cars pass, a disc bounces once a second, and there is a beep every two seconds. */
function makeClip(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const traffic = join(root, 'models', 'served', 'samples', 'traffic.mp4');
  const bounce = 'overlay=x=80:y=560-420*abs(sin(PI*t))';
  const { status, error } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-y', '-i', traffic, '-f', 'lavfi'],
      ...[
        '-i',
        "color=red:size=110x110:rate=30,format=rgba,geq=r=220:g=40:b=30:a='255*lt(hypot(X-55,Y-55),54)'",
      ],
      ...['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(2*PI*880*t)*lt(mod(t,2),0.2)':sample_rate=44100"],
      ...[
        '-filter_complex',
        `[0:v]scale=1280:720,fps=30[v];[v][1:v]${bounce}:shortest=1,format=yuv420p[o]`,
      ],
      ...['-map', '[o]', '-map', '2:a', '-t', '10', '-c:v', 'libx264', '-preset', 'veryfast'],
      ...['-crf', '26', '-c:a', 'aac', '-b:a', '96k', path],
    ],
    { stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw error ?? new Error('The bench needs native ffmpeg on the path.');
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Asks the built app on the CPU, each question once; the model is loaded before. */
export async function measureAnswers(): Promise<AnswerSpeed[]> {
  const clip = join(root, '.cache', 'bench', 'ten-seconds-720p.mp4');
  makeClip(clip);
  const page = new AppPage({
    backend: 'wasm',
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    await page.ask(clip, 'How old is the man?');
    const speeds: AnswerSpeed[] = [];
    for (const { question, barSeconds } of questions) {
      const result = await page.ask(clip, question);
      if ('error' in result) throw new Error(`${question} ${result.error.message}`);
      const { seconds, firstClueSeconds } = page.timing;
      const { secondsAfterDecoding, seconds: inWorker } = toAnswer(result, seconds);
      const decoding = inWorker - secondsAfterDecoding;
      speeds.push({
        question,
        seconds: round(seconds),
        secondsAfterDecoding: round(secondsAfterDecoding),
        barSeconds,
        firstClueSeconds: firstClueSeconds && round(firstClueSeconds),
        firstClueAfterDecoding: firstClueSeconds && round(firstClueSeconds - decoding),
        count: result.count,
        backend: result.backend,
        cores: cpus().length,
      });
    }
    return speeds;
  } finally {
    await page.close();
  }
}
