// @ts-check

/**
 * Hand a file to the browser, which saves it as it saves any download.
 * @param {string} name
 * @param {string} type
 * @param {string} content
 */
export function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Return a day as 2026-11-22.
 * @param {Date} day
 */
export function dayOf(day) {
  return [day.getFullYear(), twoDigits(day.getMonth() + 1), twoDigits(day.getDate())].join("-");
}

/** @param {number} number */
export function twoDigits(number) {
  return String(number).padStart(2, "0");
}
