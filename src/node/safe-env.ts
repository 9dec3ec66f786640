const kept =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+)$|^(PATHEXT|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|TEMP|TMP|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(\(X86\))?|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE|OS)$/;

/**
 * What a command may know of our environment: names on a short list, which hold no secrets, and
 * what the user adds. Keys and tokens are never passed on by default.
 */
export function safeEnv(
  extra: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> {
  // Windows spells names in any case (`Path`).
  const windows = process.platform === "win32";
  const inherited = Object.entries(process.env).filter(([name]) =>
    kept.test(windows ? name.toUpperCase() : name),
  );
  return { ...Object.fromEntries(inherited), ...extra };
}
