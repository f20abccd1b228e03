import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../errors';

export interface Tokenizer {
  encode(text: string): number[];
  /** A reader of ids that come one by one. */
  stream(): TokenStream;
}

/** Ids → text. Special tokens give none. */
export interface TokenStream {
  /** The text that the next id completes; a character that is not whole yet is held back. */
  push(id: number): string;
  /** What is left; bytes that never became a character give U+FFFD. */
  end(): string;
}

/**
 * @param model text of a bundle's `tokenizer.json`
 * @param config text of its `tokenizer_config.json`
 * @throws AppError `model-corrupt`
 */
export function createTokenizer(model: string, config: string): Tokenizer {
  let tokenizer: HuggingFaceTokenizer;
  try {
    tokenizer = new HuggingFaceTokenizer(JSON.parse(model) as object, JSON.parse(config) as object);
  } catch (cause) {
    throw new AppError('model-corrupt', 'The tokenizer of the model cannot be read.', { cause });
  }
  const added = tokenizer.get_added_tokens_decoder();
  return {
    encode: (text) => [...tokenizer.encode(text, { add_special_tokens: false }).ids],
    stream() {
      const decoder = new TextDecoder();
      return {
        push(id) {
          const token = added.get(id);
          if (token) return token.special ? '' : decoder.decode() + token.content;
          const symbols = tokenizer.id_to_token(id) ?? '';
          return decoder.decode(bytesOf(symbols), { stream: true });
        },
        end: () => decoder.decode(),
      };
    },
  };
}

function bytesOf(symbols: string): Uint8Array {
  return Uint8Array.from(symbols, (symbol) => byteOfSymbol.get(symbol) ?? 0);
}

/**
 * Byte-level tokenizers write every byte as a visible character: printable ones of Latin-1 as
 * themselves, the others in order from U+0100. Source: `bytes_to_unicode`, openai/gpt-2.
 */
const byteOfSymbol = new Map<string, number>();
{
  const isVisible = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  for (let byte = 0; byte < 256; byte++)
    byteOfSymbol.set(String.fromCharCode(isVisible(byte) ? byte : next++), byte);
}
