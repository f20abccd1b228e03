import * as Comlink from 'comlink';
import { AppError, type ErrorCode } from '../errors';

/*
 * Two transfer handlers that comlink lacks: errors that keep their class, code and cause, and
 * AbortSignals. Both ends import this file.
 */

interface WireError {
  name: string;
  message: string;
  code?: ErrorCode;
  stack?: string;
  cause?: WireError;
}

interface ThrownBox {
  value: unknown;
}

function encodeError(error: unknown, depth = 0): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof AppError && { code: error.code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < 4 && { cause: encodeError(error.cause, depth + 1) }),
  };
}

function decodeError({ name, message, code, stack, cause }: WireError): Error {
  const options = cause ? { cause: decodeError(cause) } : undefined;
  if (code) return new AppError(code, message, options);
  if (name === 'AbortError') return new DOMException(message, 'AbortError');
  const error = new Error(message, options);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** Registers the handlers; call once on each side before the first message. */
export function registerWire(): void {
  const stock = Comlink.transferHandlers.get('throw');
  Comlink.transferHandlers.set('throw', {
    canHandle: (value): value is ThrownBox => stock?.canHandle(value) ?? false,
    serialize: (box: ThrownBox) => [encodeError(box.value), []],
    deserialize: (wire: WireError): never => {
      throw decodeError(wire);
    },
  });

  Comlink.transferHandlers.set('abort-signal', {
    canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
    serialize: (signal: AbortSignal) => {
      const { port1, port2 } = new MessageChannel();
      const abort = () => port1.postMessage('abort');
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      return [port2, [port2]];
    },
    deserialize: (port: MessagePort) => {
      const controller = new AbortController();
      port.onmessage = () => {
        controller.abort();
        port.close();
      };
      return controller.signal;
    },
  });
}
