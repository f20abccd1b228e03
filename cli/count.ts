import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Analysis } from '../src/protocol/api';
import { AppPage, type Failure } from './app-page.ts';
import { formatAnalysis } from './format-analysis.ts';

const usage = `usage: npm run --silent count -- FILE --question "…" [--model nano|FOLDER]
                                [--backend webgpu|wasm] [--json]
       npm run --silent count -- --batch FILE.jsonl   one {"file", "question"} a line`;

function fail(code: string, message: string): never {
  console.log(JSON.stringify({ error: { code, message } }));
  process.exit(1);
}

/** The lines of a batch; a line that is no job is an error of its own. */
async function* jobs(batch: string): AsyncGenerator<{ file: string; question: string } | Failure> {
  for await (const line of createInterface({ input: createReadStream(batch) })) {
    if (!line.trim()) continue;
    try {
      const { file, question } = JSON.parse(line) as { file?: unknown; question?: unknown };
      if (typeof file !== 'string' || typeof question !== 'string') throw new Error('types');
      yield { file, question };
    } catch {
      yield {
        error: { code: 'file-unreadable', message: 'This line is no {"file", "question"}.' },
      };
    }
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      question: { type: 'string' },
      model: { type: 'string', default: 'nano' },
      backend: { type: 'string' },
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { question, model, backend, batch, json } = values;
  if (backend !== undefined && backend !== 'webgpu' && backend !== 'wasm') fail('bug', usage);
  const page = new AppPage({
    model,
    ...(backend && { backend: backend }),
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    if (batch !== undefined) {
      for await (const job of jobs(batch)) {
        const result = 'error' in job ? job : await page.ask(job.file, job.question);
        console.log(JSON.stringify(result));
      }
      return 0;
    }
    const [file] = positionals;
    if (file === undefined || question === undefined) fail('question-empty', usage);
    const result: Analysis | Failure = await page.ask(file, question);
    const failed = 'error' in result;
    console.log(json || failed ? JSON.stringify(result) : formatAnalysis(result));
    return failed ? 1 : 0;
  } finally {
    await page.close();
  }
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => fail('bug', error instanceof Error ? error.message : String(error)),
);
