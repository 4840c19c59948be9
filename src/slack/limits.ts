/** What Slack refuses to go beyond, counted in UTF-16 units (never fewer than Slack counts). */
export const HEADER_TEXT = 150;
export const SECTION_TEXT = 3_000;
export const BUTTON_TEXT = 75;
export const BUTTON_VALUE = 2_000;
export const BUTTONS_IN_A_ROW = 25;
export const CONFIRM = { title: 100, text: 300, button: 30 } as const;
export const VIEW_TEXT = 24;
export const INPUT_TEXT = 3_000;
export const INPUT_LABEL = 2_000;
export const PLACEHOLDER = 150;
/** Text, value and description of an option, and the heading of a group of them. */
export const OPTION_TEXT = 75;
/** Slack documents no limit for the words beside a field; this fits on a phone. */
export const FIELD_ERROR = 300;

/** `chat.update` takes no longer `text`; a post would take ten times as much. */
export const MESSAGE_TEXT = 4_000;

/** A name in a list is cut here, so that one of them cannot use up the room of all. */
export const LIST_ITEM_TEXT = 500;

export type Surface = 'message' | 'modal';

export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100 };

/**
 * All blocks together. Slack refuses messages from about 13,200 characters on (slackapi/bolt-js#2509) and rich text
 * earlier (#2867) without saying how it counts, so the JSON is measured, with some more for each block. A modal may
 * have 250 kB.
 */
export const MOST_WEIGHT: Readonly<Record<Surface, number>> = { message: 13_000, modal: 200_000 };
export const BLOCK_WEIGHT = 60;
