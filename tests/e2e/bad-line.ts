import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of another that counts what it sends, and cuts connections. */
export class BadLine {
  /** Body bytes that were sent, by path. */
  readonly sent = new Map<string, number>();
  /** Answers that were begun, by path. */
  readonly answers = new Map<string, number>();
  /** Path ending → after how many bytes each of its answers is cut, one number per answer. */
  readonly cuts = new Map<string, number[]>();
  /** Paths that start with this get no answer at all. */
  dead: string | null = null;
  /** Between two pieces of 64 KiB, so that a line on this machine is not faster than any real one. */
  pauseMs = 0;
  url = '';
  #server: Server | null = null;

  async open(target: string): Promise<this> {
    const { hostname, port } = new URL(target);
    const server = (this.#server = createServer((request, response) => {
      const path = request.url ?? '/';
      if (this.dead !== null && path.startsWith(this.dead)) {
        request.socket.destroy();
        return;
      }
      const upstream = ask(
        { hostname, port, path, method: request.method, headers: request.headers },
        (answer) => {
          this.answers.set(path, (this.answers.get(path) ?? 0) + 1);
          let left = this.#nextCut(path);
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.on('data', (chunk: Buffer) => {
            if (left <= 0) return;
            const piece = chunk.subarray(0, left);
            left -= piece.length;
            this.sent.set(path, (this.sent.get(path) ?? 0) + piece.length);
            answer.pause();
            const onWritten = (): void => void setTimeout(() => answer.resume(), this.pauseMs);
            if (response.write(piece)) onWritten();
            else response.once('drain', onWritten);
            // What was written arrives; then the connection ends in the middle of the answer.
            if (left <= 0) response.socket?.end();
          });
          answer.on('end', () => left > 0 && response.end());
          response.on('close', () => answer.destroy());
        },
      );
      upstream.on('error', () => response.destroy());
      request.pipe(upstream);
    }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.url = `http://localhost:${(server.address() as AddressInfo).port}/`;
    return this;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Bytes sent of all paths under a folder. */
  sentUnder(folder: string): number {
    return [...this.sent].reduce((sum, [path, n]) => sum + (path.startsWith(folder) ? n : 0), 0);
  }

  #nextCut(path: string): number {
    for (const [end, cuts] of this.cuts) {
      const cut = path.endsWith(end) ? cuts.shift() : undefined;
      if (cut !== undefined) return cut;
    }
    return Infinity;
  }
}
