// @ts-check
import { showQuestion } from "./choosing.js";
import { element, elements, fill, find, fromTemplate, onPress, part, pick } from "./dom.js";
import { known } from "./known.js";
import { more } from "./more.js";
import { ask, give } from "./program.js";
import { show } from "./screen.js";
import { withHistory } from "./vault.js";
import { say } from "./words.js";

/** @typedef {import("./program.js").Said} Said */

const MOST_OF_A_PICTURE = 50_000_000;

more.doors.proof = (leave) => withHistory("kept", (said) => showKept(said, leave), leave);

/**
 * Show the entries that are kept.
 * @param {Said} kept
 * @param {() => void} leave
 */
function showKept(kept, leave) {
  show("proof_kept", { again: () => more.doors.proof?.(leave) }, (screen) => {
    fill(screen, "wrong", kept.wrong);
    part(screen, "none").hidden = kept.entries.length > 0;
    part(screen, "give").hidden = !kept.entries.length;
    part(screen, "entries").append(...kept.entries.map((/** @type {Said} */ one) => entryKept(one, leave)));
    fill(screen, "gone", kept.deleted.length ? say("entries_gone", { numbers: kept.deleted.join(", ") }) : "");
    onPress(part(screen, "add"), () => askAbout(kept, leave));
    onPress(part(screen, "delete_all"), () => showDelete(null, say("delete_all_proof"), leave));
    onPress(part(screen, "back"), leave);
    return say("page_title");
  });
}

/**
 * @param {Said} one
 * @param {() => void} leave
 */
function entryKept(one, leave) {
  const made = fromTemplate("proof_entry");
  part(made, "title").textContent = one.title;
  const list = part(made, "facts");
  for (const [label, values] of one.facts) {
    list.append(element("dt", label), ...values.map((/** @type {string} */ value) => element("dd", value)));
  }
  for (const picture of one.pictures) {
    list.append(element("dt", say("a_picture")), ...picture.map((/** @type {string} */ line) => element("dd", line)));
  }
  onPress(part(made, "delete"), () => showDelete(one.number, say("delete_entry", { number: one.number }), leave));
  return made;
}

/**
 * @param {number | null} number
 * @param {string} question
 * @param {() => void} leave
 */
function showDelete(number, question, leave) {
  show("proof_delete", { again: () => showDelete(number, question, leave) }, (screen) => {
    part(screen, "question").textContent = question;
    onPress(part(screen, "delete"), async () => {
      const { said, trouble } = await ask("proof-delete", { number });
      fill(screen, "trouble", trouble);
      if (said) showKept(said, leave);
    });
    onPress(part(screen, "back"), () => more.doors.proof?.(leave));
    return say("page_title");
  });
}

/**
 * Ask who it is about, what it is, where and when it was seen, and for pictures; in memory until it is kept.
 * @param {Said} kept
 * @param {() => void} leave
 */
function askAbout(kept, leave) {
  const { questions, choices } = known().case;
  const title = questions.find(([name]) => name === "about")?.[1] ?? "";
  const back = () => showKept(kept, leave);
  const then = (/** @type {string} */ choice) => {
    if (choice === "other") return kept.no_proof;
    askWhat(kept, leave);
    return [];
  };
  showQuestion({ title, choices: choices.about ?? [], chosen: "", progress: "", then, back }, () =>
    askAbout(kept, leave),
  );
}

/**
 * @param {Said} kept
 * @param {() => void} leave
 */
function askWhat(kept, leave) {
  const then = (/** @type {string} */ what) => {
    askWhere(kept, { what }, leave);
    return [];
  };
  const back = () => askAbout(kept, leave);
  showQuestion({ title: say("what_seen"), choices: kept.harms, chosen: "", progress: "", then, back }, () =>
    askWhat(kept, leave),
  );
}

/**
 * @param {Said} kept
 * @param {Said} seen
 * @param {() => void} leave
 */
function askWhere(kept, seen, leave) {
  show("proof_where", { again: () => askWhere(kept, seen, leave) }, (screen) => {
    part(screen, "audience").append(
      ...kept.audiences.map((/** @type {string[]} */ [id = "", label = ""]) =>
        pick("radio", "audience", id, label, id === seen.audience),
      ),
    );
    const fields = /** @type {HTMLInputElement[]} */ (elements(screen, "[data-field]"));
    for (const one of fields) one.value = seen[one.dataset.field ?? ""] ?? "";
    onPress(part(screen, "go_on"), async () => {
      for (const one of fields) seen[one.dataset.field ?? ""] = one.value;
      const chosen = /** @type {HTMLInputElement[]} */ (elements(screen, "input:checked"))[0];
      if (!chosen) {
        fill(screen, "trouble", `${part(screen, "who").textContent} ${say("choose")}`);
        find(screen, "input[type=radio]").focus();
        return;
      }
      seen.audience = chosen.value;
      const { said, trouble } = await ask("proof-look", wishOf(seen));
      fill(screen, "trouble", trouble);
      if (said) askForPictures(said, kept, seen, leave);
    });
    onPress(part(screen, "back"), () => askWhat(kept, leave));
    return say("page_title");
  });
}

/** @param {Said} seen */
function wishOf({ pages = "", ...seen }) {
  return { ...seen, addresses: pages.split(/\s+/).filter(Boolean) };
}

/**
 * @param {Said} asked
 * @param {Said} kept
 * @param {Said} seen
 * @param {() => void} leave
 */
function askForPictures(asked, kept, seen, leave) {
  const then = (/** @type {string} */ child) => {
    ask("proof-child", { child }).then(({ said, trouble }) => showPictures(said, trouble, kept, seen, leave));
    return [];
  };
  const back = () => askWhere(kept, seen, leave);
  const { question: title, choices, before: lead } = asked;
  showQuestion({ title, choices, chosen: "", progress: "", lead, then, back }, () =>
    askForPictures(asked, kept, seen, leave),
  );
}

/**
 * @param {Said | null} may
 * @param {string} trouble
 * @param {Said} kept
 * @param {Said} seen
 * @param {() => void} leave
 */
function showPictures(may, trouble, kept, seen, leave) {
  show("proof_pictures", { again: () => askWhere(kept, seen, leave) }, (screen) => {
    fill(screen, "trouble", trouble);
    fill(screen, "said", may?.said ?? "");
    part(screen, "choose").hidden = !may?.possible;
    const files = /** @type {HTMLInputElement} */ (part(screen, "files"));
    /** @type {number[]} */
    const pictures = [];
    files.addEventListener("change", () => takeIn(screen, files, pictures));
    onPress(part(screen, "keep"), async () => {
      const { said, trouble: why } = await ask("proof-keep", { ...wishOf(seen), pictures });
      fill(screen, "trouble", why);
      if (said) showDone(said, leave);
    });
    onPress(part(screen, "back"), () => {
      ask("proof-drop");
      askWhere(kept, seen, leave);
    });
    return say("page_title");
  });
}

/**
 * @param {HTMLElement} screen
 * @param {HTMLInputElement} files
 * @param {number[]} pictures  those that the program has taken in, by their numbers
 */
async function takeIn(screen, files, pictures) {
  const list = part(screen, "taken_in");
  const told = part(screen, "told");
  const chosen = [...(files.files ?? [])];
  part(screen, "keep").toggleAttribute("disabled", true);
  for (const file of chosen) {
    told.textContent = say("working");
    const { said, trouble } =
      file.size > MOST_OF_A_PICTURE ? { said: null, trouble: say("too_large") } : await give("proof-picture", file);
    list.append(said ? pictureTaken(file, said, pictures, told) : element("li", `${file.name}: ${trouble}`));
  }
  told.textContent = chosen.length ? say("taken_in") : "";
  files.value = "";
  part(screen, "keep").toggleAttribute("disabled", false);
}

/**
 * Return a line for a picture that waits: how it looks, what it is, and what leaves it out.
 * @param {File} file
 * @param {Said} said
 * @param {number[]} pictures  those that the program has taken in, by their numbers
 * @param {HTMLElement} told
 */
function pictureTaken(file, said, pictures, told) {
  const line = fromTemplate("proof_picture");
  pictures.push(said.picture);
  part(line, "about").textContent = `${file.name}: ${said.said.join(" ")}`;
  addPreview(/** @type {HTMLImageElement} */ (part(line, "look")), file);
  const out = part(line, "leave_out");
  out.setAttribute("aria-label", `${out.textContent} ${file.name}`);
  onPress(out, () => {
    ask("proof-drop", { picture: said.picture });
    pictures.splice(pictures.indexOf(said.picture), 1);
    line.remove();
    told.textContent = say("left_out", { file: file.name });
    told.focus();
  });
  return line;
}

/**
 * Show a picture from memory, where this browser can draw it.
 * @param {HTMLImageElement} picture
 * @param {File} file
 */
function addPreview(picture, file) {
  const address = URL.createObjectURL(file);
  picture.addEventListener("load", () => {
    picture.hidden = false;
    URL.revokeObjectURL(address);
  });
  picture.addEventListener("error", () => URL.revokeObjectURL(address));
  picture.src = address;
}

/**
 * @param {Said} said
 * @param {() => void} leave
 */
function showDone(said, leave) {
  show("proof_done", { again: () => more.doors.proof?.(leave) }, (screen) => {
    part(screen, "title").textContent = say("kept_as", { number: said.number, pictures: said.pictures });
    part(screen, "wanted").append(...said.wanted.map((/** @type {string} */ line) => element("li", line)));
    onPress(part(screen, "back"), () => more.doors.proof?.(leave));
    return say("page_title");
  });
}
