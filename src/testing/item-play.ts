export interface ItemPlay {
  /** Every event of the real wire, also those the official SDK's accumulator refuses. */
  readonly full: boolean;
  readonly chunks?: readonly string[] | undefined;
  /** Whether the response is the answer to a `compaction_trigger`. */
  readonly triggered?: boolean;
  /** From the request's `image_generation` tool. */
  readonly partialImages?: number;
}
