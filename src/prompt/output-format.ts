import type {
  ResponseFormatTextJSONSchemaConfig,
  ResponseTextConfig,
} from "openai/resources/responses/responses";
import { behavior, type Reading } from "../tools/behavior.ts";

/** Carries the type of `turn.parsed` from `output` to a turn. Never present at run time. */
export declare const parsedType: unique symbol;

/** A `text.format` that knows how to read what the model writes in it. */
export interface OutputFormat<T> extends ResponseFormatTextJSONSchemaConfig {
  readonly [behavior]: { parse(value: unknown): Reading<T> | Promise<Reading<T>> };
}

type Reader<T> = OutputFormat<T>[typeof behavior]["parse"];

/** The reader that `output` left on a request's `text`, if there is one. */
export function outputReader<T>(text: ResponseTextConfig | undefined): Reader<T> | undefined {
  const format = text?.format;
  return format && isOutputFormat<T>(format) ? format[behavior].parse : undefined;
}

function isOutputFormat<T>(
  format: NonNullable<ResponseTextConfig["format"]>,
): format is OutputFormat<T> {
  return behavior in format;
}

/** Reads text that should be JSON of an output format. */
export async function readJson<T>(text: string, read: Reader<T>): Promise<Reading<T>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const start =
      text === "" ? "it is empty" : `it starts with ${JSON.stringify(text.slice(0, 60))}`;
    return { ok: false, message: `The answer is not JSON: ${start}` };
  }
  return read(value);
}
