import type { Tokenizer } from './tokenizer';

/** The text around what the model sees and hears, as token ids. */
export interface Conversation {
  prefix: readonly number[];
  suffix: readonly number[];
}

/*
 * The ChatML wrapper that the model was trained with ("qwen_1_5"). Its placeholders for picture and
 * sound stand between the two halves, which are tokenised apart; nothing stands between placeholder
 * and newline. Source: reference C.6, with the ids.
 */
const before = '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n';
const after = '<|im_end|>\n<|im_start|>assistant\n';

/** The prefix does not depend on the question: what is cached of it and of the clip serves again. */
export function converse(text: string, tokenizer: Tokenizer): Conversation {
  return { prefix: tokenizer.encode(before), suffix: tokenizer.encode(`\n${text}${after}`) };
}
