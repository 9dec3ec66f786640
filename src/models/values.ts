export const minimalToHigh = ["minimal", "low", "medium", "high"] as const;
export const noneToHigh = ["none", "low", "medium", "high"] as const;
export const noneToXhigh = ["none", "low", "medium", "high", "xhigh"] as const;
export const noneToMax = ["none", "low", "medium", "high", "xhigh", "max"] as const;
export const lowToXhigh = ["low", "medium", "high", "xhigh"] as const;
export const lowToMax = ["low", "medium", "high", "xhigh", "max"] as const;
export const mediumToXhigh = ["medium", "high", "xhigh"] as const;

/** Three efforts, and every verbosity. */
export const lowToHigh = ["low", "medium", "high"] as const;

export const allTools = {
  apply_patch: true,
  shell: true,
  web_search: true,
  tool_search: true,
  custom: true,
  computer: true,
} as const;

export const unknownTools = {
  apply_patch: null,
  shell: null,
  web_search: null,
  tool_search: null,
  custom: null,
  computer: null,
} as const;

/** Freeform `apply_patch` works; whether the built-in type does was never confirmed. */
export const codexTools = {
  apply_patch: null,
  shell: null,
  web_search: true,
  tool_search: false,
  custom: true,
  computer: false,
} as const;
