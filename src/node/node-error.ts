/** The system's code of a failed operation, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

const reasons: Record<string, string> = {
  ENOENT: "does not exist",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  ELOOP: "is a symlink, or symlinks lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
};

/** `path: why`, in words for the model. */
export function explain(path: string, error: unknown): Error {
  const reason = reasons[codeOf(error) ?? ""];
  if (reason === undefined) return error instanceof Error ? error : new Error(String(error));
  // Without the cause, which would reach the model as well and says the same again.
  return new Error(`${path}: ${reason}`);
}
