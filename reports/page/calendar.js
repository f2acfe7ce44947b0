// @ts-check
import { download, twoDigits } from "./download.js";

const LONGEST_LINE = 75;
const LAST_SAFE_DAY = 28;
const HOUR = 17;

/**
 * Return a calendar file (RFC 5545): half an hour every so many months, with a warning a quarter of an hour before.
 *
 * Its times have no zone, so that a change of the clocks does not move the hour. The same `uid` makes a calendar
 * program change the entry that it has. The day is at most the 28th, because a calendar program leaves out months
 * that have no 31st.
 * @param {string} title
 * @param {number} months
 * @param {string} uid
 * @param {Date} now
 */
export function calendarFile(title, months, uid, now) {
  const month = new Date(now.getFullYear(), now.getMonth() + months, 1);
  const lastDay = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
  const day = Math.min(now.getDate(), lastDay, LAST_SAFE_DAY);
  const summary = escaped(title.replace(/\s+/g, " ").trim());
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//${summary}//EN`,
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `SEQUENCE:${Math.max(0, Math.floor((now.getTime() - Date.UTC(2026, 0, 1)) / 1000))}`,
    `SUMMARY:${summary}`,
    `DTSTART:${month.getFullYear()}${twoDigits(month.getMonth() + 1)}${twoDigits(day)}T${HOUR}0000`,
    "DURATION:PT30M",
    "CLASS:PRIVATE",
    `RRULE:FREQ=MONTHLY;INTERVAL=${months}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${summary}`,
    "TRIGGER:-PT15M",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`);
}

/**
 * Break a line so that none has more than 75 bytes of UTF-8, and no character is cut.
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let bytes = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (bytes + size > LONGEST_LINE) {
      text += "\r\n ";
      bytes = 1;
    }
    text += sign;
    bytes += size;
  }
  return text;
}

/** Return a random id of 32 hexadecimal digits; it works without https too, where crypto.randomUUID is not there. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Hand the calendar file to the browser and return its name.
 * @param {string} title
 * @param {number} months
 * @param {string} uid
 */
export function saveReminder(title, months, uid) {
  const name = "reminder.ics";
  download(name, "text/calendar", calendarFile(title, months, uid, new Date()));
  return name;
}
