export { fromZod, type OutputOf, type ZodSchema } from "./from-zod.ts";
