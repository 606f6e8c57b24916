/** A text, a list of token ids or a tokenizer's file that can't be used; the message is one sentence for people. */
export class TokenizerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TokenizerError';
  }
}

/** A text that has more tokens than the caller allowed. Nothing was cut: the caller decides. */
export class TextTooLong extends TokenizerError {
  /** Tokens that the text has, with those that the tokenizer puts around it if they were asked for. */
  readonly tokens: number;
  readonly atMost: number;

  constructor(tokens: number, atMost: number) {
    super(
      `The text has ${tokens} tokens and at most ${atMost} are allowed: shorten it, allow more, or ask for it to be cut.`,
    );
    this.name = 'TextTooLong';
    this.tokens = tokens;
    this.atMost = atMost;
  }
}
