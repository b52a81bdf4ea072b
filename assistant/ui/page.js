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
  if (name === "expand") return expand(of);
  if (name === "delete" && of.startsWith("kept-")) return forget(of.slice(5));
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
  } else if (document.querySelector("#columns.pane-open") && !event.target.closest("#proof")) {
    openPane(false);
  }
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

// ---- the source pane: a drawer on a phone; scrolled to its quote ------------------------------------------------

function openPane(open) {
  document.getElementById("columns").classList.toggle("pane-open", open);
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

function kept() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX + owner + ":"))
    .map((key) => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        localStorage.removeItem(key);
        return null;
      }
    })
    .filter((one) => one?.conversation?.id)
    .sort((one, other) => other.at - one.at);
}

function keep(conversation) {
  if (!conversation.turns?.length) {
    sessionStorage.removeItem(CURRENT);
  } else {
    sessionStorage.setItem(CURRENT, conversation.id);
    const text = JSON.stringify({at: Date.now(), conversation});
    kept().slice(MOST_KEPT - 1).forEach((one) => localStorage.removeItem(keyOf(one.conversation.id)));
    for (;;) {
      try {
        localStorage.setItem(keyOf(conversation.id), text);
        break;
      } catch {  // the browser's room is used up: the oldest goes
        const oldest = kept().filter((one) => one.conversation.id !== conversation.id).pop();
        if (!oldest) break;
        localStorage.removeItem(keyOf(oldest.conversation.id));
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
      ["open", "expand:" + conversation.id, conversation.title || "…", ""],
      ["forget", "delete:kept-" + conversation.id, "✕", labels.delete],
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
  list();
  const current = sessionStorage.getItem(CURRENT);
  if (current) expand(current);
}

const orders = {
  file: saveFile,
  copy,
  keep: (told) => keep(told.conversation),
  begin,
};

watch("value", () => orders[props.value?.kind]?.(props.value));
