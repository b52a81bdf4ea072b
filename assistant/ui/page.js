// The browser's end of browser.py. Runs once, with Gradio's element, props, trigger and watch.

const PREFIX = "hoi-dap-bao-cao:";
const MOST_KEPT = 30;
const CURRENT = "hoi-dap-bao-cao:current";
let owner = "";
let labels = {};

// ---- clicks and keys -------------------------------------------------------------------------------------------

function act(source) {
  const action = source.value || source.dataset.act || "";
  const colon = action.indexOf(":");
  const name = colon < 0 ? action : action.slice(0, colon);
  const of = colon < 0 ? "" : action.slice(colon + 1);
  if (name === "close") return openPane(false);
  if (name === "select") openPane(true);
  if (name === "open") return expand(of);
  if (name === "forget") return window.confirm(source.title) && forget(of);
  if (name === "delete" && !window.confirm(source.dataset.confirm || source.title)) return;
  trigger(name, {of});
}

// while the click is on its way down: the log would take one on a marker for one on the whole message
document.addEventListener("click", (event) => {
  const source = event.target.closest(".act") || event.target.closest("tr.leads")?.querySelector(".act");
  if (source && !source.disabled) {
    event.preventDefault();
    event.stopPropagation();
    act(source);
  } else if (event.target.closest("#log summary")) {
    event.stopPropagation();  // it opens the verdicts, no more
  } else if (document.querySelector("#columns.pane-open") && !event.target.closest("#proof")) {
    openPane(false);
  }
}, true);

document.addEventListener("keydown", (event) => {
  const chosen = event.target.closest?.("button.act, #log summary");
  if (chosen && (event.key === "Enter" || event.key === " ")) event.stopPropagation();  // its click is to come
}, true);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape") openPane(false);
  if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("g.act")) act(event.target);
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("#question textarea")?.focus();
  }
  const step = {ArrowLeft: 0, ArrowRight: 1}[event.key];
  if (step !== undefined && event.target.closest?.("#proof")) {
    document.querySelectorAll("#proof .step")[step]?.click();
  }
});

// ---- sending: the box is empty at once, and a moving line says so until the server begins to answer -----------------

let sentQuestion = "";

function fillBox(text) {
  const box = document.querySelector("#question textarea");
  if (!box) return;
  box.value = text;
  box.dispatchEvent(new Event("input", {bubbles: true}));
}

// until then the conversation stays as it is: the question is asked in the one that is there when its turn comes
function awaitTurn(waiting) {
  document.getElementById("ask")?.classList.toggle("sent", waiting);
  for (const part of document.querySelectorAll("#log, #below")) part.inert = waiting;
}

const turnsShown = () => [...document.querySelectorAll("#log .asked, #log .reply")].map((one) => one.textContent).join();
let turnsWhenSent = "";

window.questionSent = async (question) => {
  sentQuestion = question || "";
  fillBox("");
  turnsWhenSent = turnsShown();
  awaitTurn(true);
  if (conversationsToCome) await new Promise((go) => questionsHeld.push(go));
};

// on the way from one conversation to another, a question waits for the other
let conversationsToCome = 0;
const questionsHeld = [];

window.conversationLeft = () => {
  fillBox("");
  conversationsToCome++;
};

window.conversationCame = () => {
  conversationsToCome = Math.max(0, conversationsToCome - 1);
  if (!conversationsToCome) questionsHeld.splice(0).forEach((go) => go());
};

new MutationObserver(() => {
  if (!document.querySelector("#ask.sent")) return;
  if (document.querySelector("#log .waiting, .toast-body") || turnsShown() !== turnsWhenSent) awaitTurn(false);
}).observe(document.body, {subtree: true, childList: true, characterData: true});

// a session that ended: the page asks to log in again, and the browser has kept the conversation
const send = window.fetch;
window.fetch = async (...request) => {
  const answer = await send(...request);
  if (answer.status === 401) window.location.reload();
  return answer;
};

// Gradio's own notes, which it has in English alone; a question that was not taken goes back into its box
new MutationObserver(() => {
  for (const note of document.querySelectorAll("[data-testid=toast-text]")) {
    const known = Object.keys(labels.notes || {}).find((part) => note.textContent.includes(part));
    if (known) {
      note.textContent = labels.notes[known];
      note.closest(".toast-body")?.querySelector(".toast-title")?.replaceChildren();
      if (sentQuestion && !document.querySelector("#question textarea")?.value) fillBox(sentQuestion);
      sentQuestion = "";
    }
  }
}).observe(document.body, {subtree: true, childList: true, characterData: true});

// ---- the source pane: a drawer on a phone; scrolled to its quote ------------------------------------------------

function openPane(open) {
  document.getElementById("columns").classList.toggle("pane-open", open);
  if (open && window.matchMedia("(max-width: 800px)").matches) {
    requestAnimationFrame(() => document.querySelector("#proof .close")?.focus());
  }
}

function scrollToQuote() {
  const pane = document.querySelector("#proof .report");
  const quote = document.getElementById("trich");
  if (pane && quote) {
    const place = quote.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTop = Math.max(0, place - pane.clientHeight / 4);
  }
}

new MutationObserver((changes) => {
  if (changes.some((change) => change.target.closest?.("#sources"))) requestAnimationFrame(scrollToQuote);
}).observe(document.body, {subtree: true, childList: true});

// ---- conversations kept in this browser -------------------------------------------------------------------------

const keyOf = (id) => PREFIX + owner + ":" + id;

function entry(key) {
  try {
    const {at, conversation} = JSON.parse(localStorage.getItem(key));
    return key === keyOf(conversation.id) ? {key, at: Number(at), conversation} : null;
  } catch {
    return null;
  }
}

function kept() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + owner + ":"));
  keys.filter((key) => !entry(key)).forEach((key) => localStorage.removeItem(key));  // none of ours
  return keys.map(entry).filter(Boolean).sort((one, other) => other.at - one.at);
}

function keep(conversation) {
  if (!conversation.turns?.length) {
    sessionStorage.removeItem(CURRENT);
  } else {
    sessionStorage.setItem(CURRENT, conversation.id);
    const text = JSON.stringify({at: Date.now(), conversation});
    kept().slice(MOST_KEPT - 1).forEach((one) => localStorage.removeItem(one.key));
    for (;;) {
      try {
        localStorage.setItem(keyOf(conversation.id), text);
        break;
      } catch {  // the browser's room is used up: the oldest goes
        const oldest = kept().filter((one) => one.conversation.id !== conversation.id).pop();
        if (!oldest) break;
        localStorage.removeItem(oldest.key);
      }
    }
  }
  list();
}

function forget(id) {
  localStorage.removeItem(keyOf(id));
  list();
}

function expand(id) {
  const found = kept().find((one) => one.conversation.id === id);
  if (!found) return;
  sessionStorage.setItem(CURRENT, id);
  document.querySelector("#kept")?.removeAttribute("open");
  trigger("expand", {of: id, conversation: found.conversation});
}

function list() {
  const menu = document.querySelector("#kept ul");
  if (!menu) return;
  const rows = kept().map(({conversation}) => {
    const row = document.createElement("li");
    for (const [kind, value, text, title] of [
      ["open", "open:" + conversation.id, String(conversation.title || "…"), ""],
      ["forget", "forget:" + conversation.id, "✕", labels.delete],
    ]) {
      const button = document.createElement("button");
      button.className = "act " + kind;
      button.value = value;
      button.textContent = text;
      button.title = title;
      row.append(button);
    }
    return row;
  });
  if (!rows.length) {
    const empty = document.createElement("li");
    empty.className = "hint";
    empty.textContent = labels.empty || "";
    rows.push(empty);
  }
  menu.replaceChildren(...rows);
}

// ---- orders of the server ---------------------------------------------------------------------------------------

function saveFile({name, mime, text}) {
  const address = URL.createObjectURL(new Blob([text], {type: mime}));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function copy({text, said}) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // only pages from this machine or over https may use the clipboard
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(said);
}

function say(text) {
  const note = document.createElement("div");
  note.className = "said";
  note.setAttribute("role", "status");
  note.textContent = text;
  document.querySelector(".gradio-container").append(note);
  setTimeout(() => note.remove(), 2500);
}

function begin(told) {
  owner = told.owner;
  labels = told;
  document.documentElement.lang = told.language;
  document.title = told.title;
  document.querySelector(".log-out").hidden = !told.owner;
  list();
  const current = sessionStorage.getItem(CURRENT);
  if (current) expand(current);
}

function focusQuestion() {
  requestAnimationFrame(() => {
    const box = document.querySelector("#question textarea");
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  });
}

const orders = {
  file: saveFile,
  copy,
  keep: (told) => keep(told.conversation),
  begin,
  focus: focusQuestion,
};

watch("value", () => orders[props.value?.kind]?.(props.value));
