// @ts-check
import { copyWith } from "./take.js";

/**
 * Copy the text of the answers. Return the name of the sentence that says so; "" where the browser does not let the page.
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "answers_copied";
  } catch {
    return "";
  }
}

copyWith({ can: () => "clipboard" in navigator, label: "copy_answers", copy: copyText });
