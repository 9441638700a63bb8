/** Raised when the meaning of a part's columns changes. */
export const PART_FORMAT = 1;

/** How a text column says that the event cleared the field: no field holds this character. */
export const NULL_TEXT = '\0';
