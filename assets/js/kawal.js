// Kawal works without this file. What is here only saves steps.
"use strict";

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
  const box = [...document.querySelectorAll("input[type=search]")].find((input) => input.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// The search icon of the phone bar leads to the box of the list.
if (location.hash === "#cari") document.getElementById("cari")?.focus();

// The line of tabs and the list of sections follow the reader.
const marks = new Map();
for (const link of document.querySelectorAll("[data-follow] a[href^='#']")) {
  const part = document.getElementById(link.hash.slice(1));
  if (part) marks.set(part, link);
}
if (marks.size > 0 && "IntersectionObserver" in window) {
  const seen = new Set();
  const follow = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target);
      const first = [...marks.keys()].find((part) => seen.has(part));
      if (!first) return;
      for (const [part, link] of marks) {
        if (part === first) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-15% 0px -60% 0px" },
  );
  for (const part of marks.keys()) follow.observe(part);
}

// A form with unsaved changes asks before it is left; a second press of the same button sends nothing.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = form.dataset.keep === "changed";
  let sending = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    sending = true;
    changed = false;
  });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// The reader's choice of narrow rows stays in this browser.
const narrow = document.getElementById("rapat");
if (narrow) {
  try {
    narrow.checked = localStorage.getItem("rapat") === "1";
    narrow.addEventListener("change", () => localStorage.setItem("rapat", narrow.checked ? "1" : "0"));
  } catch { /* a browser without storage forgets the choice */ }
}

// After an error the summary is read first.
document.querySelector(".errors")?.focus();

// The editor of a wording shows the paper while it is typed, and puts placeholders where the cursor is.
const editor = document.querySelector("form[data-preview]");
const source = document.getElementById("f-text");
if (editor && source && !source.readOnly) {
  const shown = document.getElementById("pratinjau");
  const sheet = () => shown.querySelector(".sheet");

  // The part of the paper that this wording makes.
  const lead = () => {
    const paper = sheet();
    const part = paper?.dataset.at && paper.querySelector(`[id="${CSS.escape(paper.dataset.at)}"]`);
    if (!part) return;
    part.classList.add("here");
    if (!paper.dataset.moved) paper.scrollTop += part.getBoundingClientRect().top - paper.getBoundingClientRect().top - 24;
  };

  let asked = 0;
  let waiting;
  const refresh = async () => {
    const mine = ++asked;
    const body = new URLSearchParams(new FormData(editor));
    body.set("_fragment", "ya");
    try {
      const answer = await fetch(editor.dataset.preview, { method: "POST", body, headers: { accept: "text/html" } });
      if (mine !== asked) return;
      if (!answer.ok) throw new Error(answer.statusText);
      const before = sheet();
      const top = before?.scrollTop;
      const answered = document.createRange().createContextualFragment(await answer.text());
      if (mine !== asked) return;
      const faulty = !answered.querySelector(".sheet") && before;
      shown.classList.toggle("stale", Boolean(faulty));
      // While the text is at fault, the last paper stays in sight.
      if (faulty) answered.append(before);
      shown.replaceChildren(answered);
      if (faulty) before.scrollTop = top;
      else if (before && sheet() && sheet().dataset.at === before.dataset.at) {
        sheet().dataset.moved = "ya";
        sheet().scrollTop = top;
      }
      lead();
    } catch {
      if (mine === asked) shown.classList.add("stale");
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 350);
  };
  source.addEventListener("input", soon);
  editor.elements.after?.addEventListener("change", soon);
  editor.elements.sample?.addEventListener("change", refresh);
  editor.querySelector("[data-refresh]")?.addEventListener("click", (event) => {
    event.preventDefault();
    refresh();
  });
  lead();

  const list = document.getElementById("isian");
  for (const code of list?.querySelectorAll("code[data-insert]") ?? []) {
    code.tabIndex = 0;
    code.setAttribute("role", "button");
    code.title = `Sisipkan ${code.dataset.insert}`;
  }
  const put = (event) => {
    const code = event.target instanceof Element && event.target.closest("code[data-insert]");
    if (!code || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    source.focus();
    source.setRangeText(code.dataset.insert, source.selectionStart, source.selectionEnd, "end");
    source.dispatchEvent(new Event("input", { bubbles: true }));
  };
  list?.addEventListener("click", put);
  list?.addEventListener("keydown", put);

  // A fault leads to its line.
  document.addEventListener("click", (event) => {
    const fault = event.target instanceof Element && event.target.closest(".faults li, .errors li");
    const line = Number(fault && /^Baris (\d+)/.exec(fault.textContent)?.[1]);
    if (!line) return;
    const lines = source.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    source.focus();
    source.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  });
}

// The list of placeholders is searched by name, meaning and example.
const finder = document.getElementById("cari-isian");
if (finder) {
  finder.hidden = false;
  const rows = [...document.querySelectorAll("#isian > li")];
  const nothing = document.getElementById("isian-nihil");
  finder.addEventListener("input", () => {
    const words = finder.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    nothing.hidden = rows.some((row) => !row.hidden);
  });
}
