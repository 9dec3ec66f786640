import { createRequire } from "node:module";
import { inject } from "vitest";
import type { OfficialName } from "./schemas.ts";

declare module "vitest" {
  interface ProvidedContext {
    validatorsFile: string;
  }
}

/** What ajv says about a value. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

export type Validators = Readonly<Record<OfficialName, Validator>>;

let loaded: Validators | undefined;

/** Loaded on first use: most test files have nothing to check. */
export function validators(): Validators {
  loaded ??= createRequire(import.meta.url)(inject("validatorsFile"));
  if (!loaded) throw new Error("There are no validators");
  return loaded;
}
