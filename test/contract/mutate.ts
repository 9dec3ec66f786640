import type { Json } from "../../src/testing/wire.ts";
import { validBody } from "./valid-body.ts";

/** What a path such as `tools.0.name` leads to, and its last key. */
function place(body: Json, path: string): { parent: object; key: string } {
  const keys = path.split(".");
  const key = keys.pop() ?? "";
  const parent = keys.reduce<unknown>((each, name) => {
    return typeof each === "object" && each !== null ? Reflect.get(each, name) : undefined;
  }, body);
  if (typeof parent !== "object" || parent === null) throw new Error(`There is no ${path}`);
  return { parent, key };
}

export type Mutation = (body: Json) => void;

export const put =
  (path: string, value: unknown): Mutation =>
  (body) => {
    const { parent, key } = place(body, path);
    Reflect.set(parent, key, value);
  };

export const drop =
  (path: string): Mutation =>
  (body) => {
    const { parent, key } = place(body, path);
    if (!Reflect.has(parent, key)) throw new Error(`There is no ${path}`);
    Reflect.deleteProperty(parent, key);
  };

export const rename =
  (path: string, name: string): Mutation =>
  (body) => {
    const { parent, key } = place(body, path);
    const value: unknown = Reflect.get(parent, key);
    drop(path)(body);
    Reflect.set(parent, name, value);
  };

export function mutated(mutation: Mutation): Json {
  const body: Json = structuredClone(validBody);
  mutation(body);
  return body;
}

/** What is wrong, how the valid body becomes so, and what must be found, among other things. */
export type Wrong = readonly [string, Mutation, string];
