import type {
  ResponseComputerToolCallOutputScreenshot,
  ResponseInputItem,
} from "openai/resources/responses/responses";
import { isRecord } from "./schema-node.ts";

type ScreenshotItem = Omit<ResponseComputerToolCallOutputScreenshot, "type"> &
  Pick<ResponseInputItem.ComputerCallOutput, "acknowledged_safety_checks">;

/** A screenshot: its URL (a data URL too) or its file, and the safety checks a person accepted. */
export type Screenshot = string | ScreenshotItem;

/** The API takes nothing but an image, so a failure shows one pixel. */
const blank = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";

export function screenshotOf(value: unknown): ScreenshotItem {
  return isScreenshot(value) ? value : { image_url: typeof value === "string" ? value : blank };
}

function isScreenshot(value: unknown): value is ScreenshotItem {
  return isRecord(value) && ("image_url" in value || "file_id" in value);
}
